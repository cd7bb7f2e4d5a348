import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkpointText, encodeAddCheckpoint, type NoteSigner } from '../tlog/index.ts'
import { type MemoryLog, ORIGIN } from '../tlog/log.fixture.ts'

/** A folder of its own for one test. */
export async function newFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'countenance-witness-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

/** The body that asks to go from a size to another, both of this log. */
export async function bodyOf(log: MemoryLog, signer: NoteSigner, from: number, to: number): Promise<string> {
  const proof = from <= to ? await log.tree.consistencyProof(from, to) : []
  return encodeAddCheckpoint({ oldSize: from, proof, note: await noteOf(log, signer, to) })
}

export async function noteOf(log: MemoryLog, signer: NoteSigner, size: number): Promise<string> {
  return signer.sign(checkpointText({ origin: ORIGIN, size, root: await log.tree.root(size) }))
}

export function post(url: string, body: string | Uint8Array): Promise<Response> {
  return fetch(`${url}/add-checkpoint`, { method: 'POST', body })
}

export async function decisions(folder: string): Promise<readonly Record<string, unknown>[]> {
  const text = await readFile(join(folder, 'decisions.jsonl'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

export interface ChildWitness {
  readonly child: ChildProcess
  readonly url: string
  readonly key: string
  /** Ends it with a signal and waits until it is gone; its exit code, null where a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** A witness in a process of its own. @param prefix shell words before it, such as `ulimit -f 0;` */
export async function startChild(folder: string, logKey: string, prefix = ''): Promise<ChildWitness> {
  const program = join(import.meta.dirname, 'witness-child.fixture.ts')
  const words = [process.execPath, '--disable-warning=ExperimentalWarning', program, folder, logKey]
  const child = spawn('bash', ['-c', `${prefix} exec "$@"`, 'witness', ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text
  })
  const exited = once(child, 'exit')
  const first = await Promise.race([once(child.stdout.setEncoding('utf8'), 'data'), exited.then(() => null)])
  if (first === null) throw new Error(`The witness did not start: ${told}`)
  const [url = '', key = ''] = String(first[0]).trim().split(' ')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
    return child.exitCode
  }
  return { child, url, key, end }
}
