import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import { askWitness, type Fetch } from './ask-witness.ts'
import { decodeAddCheckpoint, formatSignatureLine } from './tlog/index.ts'
import { cosigners, known, MemoryLog, TIME, witnesses } from './tlog/log.fixture.ts'

const [own, other] = cosigners.map((one) => known(one))
const key = known(witnesses[0])

let log: MemoryLog
let note = ''
let text = ''
beforeAll(async () => {
  log = await MemoryLog.of(9)
  note = log.note
  text = note.slice(0, note.indexOf('\n\n') + 1)
})

const lineOf = (by = own, over = text) => formatSignatureLine(known(by).cosign(over, TIME))
const SIZE = 'text/x.tlog.size'

interface Scripted {
  readonly status: number
  readonly body?: string
  readonly type?: string
}

/** A witness that answers as it is told, one answer after the other; the last again and again. */
function scripted(...answers: readonly Scripted[]) {
  const asked: number[] = []
  const urls: string[] = []
  const fetcher: Fetch = async (url, init) => {
    const request = known(decodeAddCheckpoint(String(init.body)))
    expect(request.proof).toEqual(await log.tree.consistencyProof(request.oldSize))
    expect(request.note).toBe(note)
    asked.push(request.oldSize)
    urls.push(url)
    const { status, body = '', type = 'text/plain' } = known(answers[Math.min(asked.length, answers.length) - 1])
    return new Response(body, { status, headers: { 'content-type': type } })
  }
  return { asked, urls, fetcher }
}

const ask = (fetcher: Fetch, oldSize?: number, url = 'https://witness.example') => {
  const proofFrom = (size: number) => log.tree.consistencyProof(size)
  return askWitness(url, { note, proofFrom, ...(oldSize !== undefined && { oldSize }) }, key, fetcher)
}

describe('asking a witness', () => {
  it('takes its cosignature into the note', async () => {
    const { fetcher, asked, urls } = scripted({ status: 200, body: lineOf() })
    expect(await ask(fetcher, 4)).toEqual({ outcome: 'cosigned', note: note + lineOf(), lines: lineOf() })
    expect(asked).toEqual([4])
    await ask(fetcher, 4, 'https://witness.example/prefix/')
    expect(urls).toEqual(['https://witness.example/add-checkpoint', 'https://witness.example/prefix/add-checkpoint'])
  })

  it.each<[string, Scripted, unknown]>([
    ['no content type of ours', { status: 200, body: '@own', type: 'application/octet-stream' }, 'cosigned'],
    ['a line of another key of its, which is ignored', { status: 200, body: '@other@own' }, 'cosigned'],
    ['an ML-DSA line of its, which is ignored', { status: 200, body: '@long@own' }, 'cosigned'],
    ['nothing', { status: 200 }, 'answer_malformed'],
    ['only a line of somebody else', { status: 200, body: '@other' }, 'answer_malformed'],
    ['a cosignature of another checkpoint', { status: 200, body: '@stale' }, 'answer_malformed'],
    ['the whole note instead of its line', { status: 200, body: '@note@own' }, 'answer_malformed'],
    ['a page', { status: 200, body: '<html>' }, 'answer_malformed'],
    ['a page without end', { status: 200, body: 'x'.repeat(65_537) }, 'unreachable'],
    ['400', { status: 400 }, 'request_refused'],
    ['403', { status: 403 }, 'signature_refused'],
    ['404', { status: 404 }, 'log_unknown'],
    ['409 about the root', { status: 409, body: 'conflict\n' }, 'root_conflict'],
    ['409 about the root, with its size as plain text', { status: 409, body: '9\n' }, 'root_conflict'],
    ['409 with a size that is none', { status: 409, body: 'nine\n', type: SIZE }, 'answer_malformed'],
    ['409 with a size without newline', { status: 409, body: '4', type: SIZE }, 'answer_malformed'],
    ['409 with a larger size', { status: 409, body: '10\n', type: SIZE }, 'witness_ahead'],
    ['409 with one size for ever', { status: 409, body: '4\n', type: `${SIZE}; charset=utf-8` }, 'size_moved'],
    ['422', { status: 422 }, 'proof_refused'],
    ['405', { status: 405 }, 'answer_malformed'],
    ['429', { status: 429 }, 'answer_malformed'],
    ['500', { status: 500 }, 'witness_failed'],
    ['503', { status: 503 }, 'witness_failed'],
  ])('a witness that answers %s', async (_what, answer, outcome) => {
    const long = formatSignatureLine({ name: key.name, keyId: '01020304', signature: Buffer.alloc(2_428, 1) })
    const body = (answer.body ?? '')
      .replace('@own', lineOf())
      .replace('@other', lineOf(other))
      .replace('@long', long)
      .replace('@stale', lineOf(own, text.replace('\n9\n', '\n8\n')))
      .replace('@note', note)
    expect(await ask(scripted({ ...answer, body }).fetcher)).toMatchObject({ outcome })
  })

  it('asks once more from the size the witness states, and not twice', async () => {
    const moved = scripted({ status: 409, body: '4\n', type: SIZE }, { status: 200, body: lineOf() })
    expect(await ask(moved.fetcher)).toMatchObject({ outcome: 'cosigned' })
    expect(moved.asked).toEqual([0, 4])
    const again = scripted(
      { status: 409, body: '4\n', type: SIZE },
      { status: 409, body: '6\n', type: SIZE },
      { status: 200, body: lineOf() },
    )
    expect(await ask(again.fetcher, 9)).toEqual({ outcome: 'size_moved', size: 6 })
    expect(again.asked).toEqual([9, 4])
    const past = scripted({ status: 409, body: '4\n', type: SIZE }, { status: 409, body: '12\n', type: SIZE })
    expect(await ask(past.fetcher)).toEqual({ outcome: 'witness_ahead', size: 12 })
  })

  it('does not take a size that was remembered wrongly beyond its own', async () => {
    const { asked, fetcher } = scripted({ status: 200, body: lineOf() })
    await ask(fetcher, 500)
    expect(asked).toEqual([9])
  })

  it('says why a witness cannot be reached', async () => {
    const down = async () => Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }))
    expect(await ask(down)).toEqual({ outcome: 'unreachable', reason: 'fetch failed: connect ECONNREFUSED' })
    expect(await ask(() => Promise.reject('odd'))).toEqual({ outcome: 'unreachable', reason: 'odd' })
  })

  it('does not send what is not a checkpoint', async () => {
    const proofFrom = async () => []
    await expect(askWitness('http://x', { note: 'x', proofFrom }, key)).rejects.toThrow(RangeError)
  })

  it.each<[string, RequestListener]>([
    ['sends it elsewhere', (_request, response) => response.writeHead(307, { location: '/other' }).end()],
    [
      'ends in the middle',
      (_request, response) => response.writeHead(200, { 'content-length': 9 }).end(() => response.destroy()),
    ],
  ])('over the network: a server that %s is one that cannot be reached', async (_what, listener) => {
    const server = createServer({}, listener).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const proofFrom = async () => []
    expect(await askWitness(`http://127.0.0.1:${port}`, { note, proofFrom }, key)).toMatchObject({
      outcome: 'unreachable',
    })
    server.closeAllConnections()
    server.close()
  })
})
