import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asFile, changedHeader, checkpointOf, exportOf, leafTexts, ORIGIN, SEED, SIGNER } from './export.fixture.ts'
import { noteSigner } from './tlog/note.ts'
import { verifyExport } from './verify-export.ts'

const leaves = leafTexts(9)
const lines = exportOf(leaves)
const key = { verifierKey: SIGNER.verifierKey }

const check = (changed: readonly string[], options: Parameters<typeof verifyExport>[1] = key) =>
  verifyExport([asFile(changed)], options)

async function faultsOf(changed: readonly string[], options: Parameters<typeof verifyExport>[1] = key) {
  const report = await check(changed, options)
  expect(report.ok).toBe(report.faults.length === 0)
  return report.faults.map(({ line, code }) => `${line} ${code}`)
}

const without = (place: number) => lines.filter((_, other) => other !== place)
const replaced = (place: number, text: string) => lines.map((line, other) => (other === place ? text : line))

describe('an honest export', () => {
  it('is found whole', async () => {
    expect(await check(lines)).toEqual({
      ok: true,
      size: 9,
      root: expect.stringMatching(/^[0-9a-f]{64}$/),
      origin: ORIGIN,
      faults: [],
      warnings: [],
      keySource: 'given',
    })
  })

  it('is found whole however the file is cut into pieces', async () => {
    const bytes = Buffer.from(asFile(lines))
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), async (length) => {
        const pieces = Array.from({ length: Math.ceil(bytes.length / length) }, (_, place) =>
          bytes.subarray(place * length, (place + 1) * length),
        )
        expect((await verifyExport(pieces, key)).ok).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  it('may lack the last newline, and may be empty of entries', async () => {
    expect((await verifyExport([asFile(lines).slice(0, -1)], key)).ok).toBe(true)
    expect(await check(exportOf([]))).toMatchObject({ ok: true, size: 0 })
  })

  it('says so when its own key was all there was to check with', async () => {
    expect(await check(lines, {})).toMatchObject({ ok: true, keySource: 'export' })
  })

  it('is warned about when a clock was set back, and is whole all the same', async () => {
    const early = leaves.map((leaf, seq) => (seq === 5 ? leaf.replace('T15:00:05', 'T14:00:05') : leaf))
    expect(await check(exportOf(early))).toMatchObject({ ok: true, warnings: [{ line: 7, code: 'time_went_back' }] })
  })
})

describe('an export that was tampered with', () => {
  it('one byte of one entry changed, still a good entry', async () => {
    expect(await faultsOf(replaced(4, (lines[4] as string).replace('15:00:03', '15:00:04')))).toEqual([
      '10 root_differs',
    ])
  })

  it('any byte of any line changed', async () => {
    const file = Buffer.from(asFile(lines))
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: file.length - 2 }), fc.integer({ min: 1, max: 255 }), async (place, mask) => {
        const changed = Buffer.from(file)
        changed[place] = (changed[place] ?? 0) ^ mask
        expect((await verifyExport([changed], key)).ok).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('a line removed', async () => {
    expect(await faultsOf(without(4))).toEqual(['5 line_missing'])
    const report = await check(without(4))
    expect(report.faults[0]?.sentence).toBe('Entry 3 is missing before line 5.')
    const three = await check([...lines.slice(0, 3), ...lines.slice(6)])
    expect(three.faults[0]?.sentence).toBe('Entries 2 to 4 are missing before line 4.')
  })

  it('two lines exchanged', async () => {
    const swapped = replaced(4, lines[5] as string).map((line, place) => (place === 5 ? (lines[4] as string) : line))
    expect(await faultsOf(swapped)).toEqual(['6 line_out_of_order'])
  })

  it('all lines turned round', async () => {
    const turned = [lines[0] as string, ...leaves.toReversed()]
    expect(await faultsOf(turned)).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((line) => `${line} line_out_of_order`))
  })

  it('the end cut off', async () => {
    expect(await faultsOf(lines.slice(0, -1))).toEqual(['9 end_missing'])
    expect(await faultsOf(lines.slice(0, 1))).toEqual(['1 end_missing'])
    expect((await check(lines.slice(0, -2))).faults[0]?.sentence).toBe(
      'The export ends before entry 7; 9 entries were signed.',
    )
  })

  it('the end cut off within a line', async () => {
    const report = await verifyExport([asFile(lines).slice(0, -20)], key)
    expect(report.faults.map((fault) => fault.code)).toEqual(['line_unreadable', 'root_differs'])
  })

  it('a line added at the end', async () => {
    expect(await faultsOf([...lines, leafTexts(10)[9] as string])).toEqual(['11 line_added'])
    expect(await faultsOf([...lines, ''])).toEqual(['11 line_unreadable', '11 line_added'])
  })

  it('a line put in between', async () => {
    const invented = (lines[4] as string).replace('15:00:03', '15:00:02')
    expect(await faultsOf([...lines.slice(0, 4), invented, ...lines.slice(4)])).toEqual(['6 line_repeated'])
  })

  it('an entry that is not one', async () => {
    expect(await faultsOf(replaced(2, '{}'))).toEqual(['3 entry_malformed', '10 root_differs'])
    expect(await faultsOf(replaced(2, ` ${lines[2]}`))).toEqual(['3 not_canonical', '10 root_differs'])
    const unknown = (lines[2] as string).replace('probe.received', 'probe.imagined')
    expect(await faultsOf(replaced(2, unknown))).toEqual(['3 act_unknown', '10 root_differs'])
    const more = (lines[2] as string).replace('"faces"', '"age":3,"faces"')
    expect(await faultsOf(replaced(2, more))).toEqual(['3 facts_unfit', '10 root_differs'])
  })

  it('bytes that are not UTF-8', async () => {
    const file = Buffer.from(asFile(lines))
    file[file.length - 10] = 0xff
    const report = await verifyExport([file], key)
    expect(report.faults.map((fault) => fault.code)).toEqual(['line_unreadable', 'root_differs'])
  })

  it('a line without end', async () => {
    const endless = Array.from({ length: 9 }, () => 'x'.repeat(1024 * 1024))
    const report = await verifyExport([asFile(lines), ...endless], key)
    expect(report.faults[0]).toMatchObject({ line: 11, code: 'line_unreadable' })
  })

  it('an entry signed into the log that the registry does not know', async () => {
    const odd = leaves.map((leaf, seq) => (seq === 1 ? leaf.replace('probe.received', 'probe.imagined') : leaf))
    expect(await faultsOf(exportOf(odd))).toEqual(['3 act_unknown'])
  })

  it('so badly that reading stops', async () => {
    const report = await check([lines[0] as string, ...Array.from({ length: 5000 }, () => 'x')])
    expect(report.faults).toHaveLength(102)
    expect(report.faults.at(-1)).toMatchObject({ code: 'too_many_faults' })
    expect(report.size).toBeLessThan(110)
  })
})

describe('the header and its signature', () => {
  const head = lines[0] as string
  const impostor = noteSigner(ORIGIN, Buffer.alloc(32, 8))

  it('another key than the one given', async () => {
    const forged = { verifierKey: impostor.verifierKey, checkpoint: checkpointOf(leaves, impostor) }
    const changed = replaced(0, changedHeader(head, forged))
    expect(await faultsOf(changed)).toEqual(['1 key_differs', '1 signature_unknown'])
    // The forger's export is whole in itself: only the key published elsewhere tells.
    expect(await check(changed, {})).toMatchObject({ ok: true, keySource: 'export' })
  })

  it('a checkpoint signed with another key under the honest key', async () => {
    const changed = replaced(0, changedHeader(head, { checkpoint: checkpointOf(leaves, impostor) }))
    expect(await faultsOf(changed)).toEqual(['1 signature_unknown'])
    expect(await faultsOf(changed, {})).toEqual(['1 signature_unknown'])
  })

  it('a checkpoint of fewer entries, with the honest signature', async () => {
    const note = (JSON.parse(head).checkpoint as string).replace('\n9\n', '\n8\n')
    expect(await faultsOf([changedHeader(head, { checkpoint: note }), ...leaves.slice(0, 8)])).toEqual([
      '1 signature_wrong',
      '9 root_differs',
    ])
  })

  it('a checkpoint of another log', async () => {
    expect(await faultsOf(replaced(0, changedHeader(head, { origin: 'elsewhere.example' })))).toEqual([
      '1 origin_differs',
    ])
    const strange = checkpointOf(leaves, SIGNER, 'elsewhere.example')
    const changed = changedHeader(head, { origin: 'elsewhere.example', checkpoint: strange })
    expect(await faultsOf(replaced(0, changed))).toEqual(['1 origin_differs'])
  })

  it('keys and checkpoints that are none', async () => {
    expect(await faultsOf(lines, { verifierKey: 'nonsense' })).toEqual(['1 key_differs', '1 key_unreadable'])
    expect(await faultsOf(replaced(0, changedHeader(head, { verifierKey: 'x' })), {})).toEqual(['1 key_unreadable'])
    expect(await faultsOf(replaced(0, changedHeader(head, { checkpoint: 'x' })))).toEqual(['1 checkpoint_unreadable'])
    const unsigned = (JSON.parse(head).checkpoint as string).replace('— ', '')
    expect(await faultsOf(replaced(0, changedHeader(head, { checkpoint: unsigned })))).toEqual([
      '1 checkpoint_unreadable',
    ])
  })

  it('files that are no export', async () => {
    expect(await faultsOf([])).toEqual(['1 header_unreadable'])
    for (const other of ['x', 'null', '[]', '5', '{}', leaves[0] as string]) {
      expect(await faultsOf(replaced(0, other))).toEqual(['1 header_unreadable'])
    }
    const next = changedHeader(head, { format: 'countenance-log/2' })
    expect(await faultsOf(replaced(0, next))).toEqual(['1 format_unknown'])
    expect(await check(replaced(0, next))).toMatchObject({ size: 0, origin: '' })
  })

  it('never throws, whatever the file is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await verifyExport([bytes], key)).ok).toBe(false)
      }),
    )
  })
})

describe('an earlier checkpoint', () => {
  const earlier = (count: number) => ({ ...key, earlierCheckpoint: checkpointOf(leaves.slice(0, count)) })

  it('is continued by the export', async () => {
    for (const count of [0, 1, 5, 9]) expect(await faultsOf(lines, earlier(count))).toEqual([])
    expect(await faultsOf(lines, { earlierCheckpoint: checkpointOf(leaves.slice(0, 4)) })).toEqual([])
  })

  it('shows that history was written anew and signed again', async () => {
    const rewritten = leaves.map((leaf, seq) => (seq === 1 ? leaf.replace('"faces":2', '"faces":1') : leaf))
    expect(await faultsOf(exportOf(rewritten))).toEqual([])
    expect(await faultsOf(exportOf(rewritten), earlier(5))).toEqual(['6 history_differs'])
  })

  it('shows that entries were dropped and the rest signed again', async () => {
    expect(await faultsOf(exportOf(leaves.slice(0, 6)))).toEqual([])
    expect(await faultsOf(exportOf(leaves.slice(0, 6)), earlier(8))).toEqual(['7 history_differs'])
  })

  it('must itself be signed by the log', async () => {
    const forged = checkpointOf(leaves, noteSigner(ORIGIN, Buffer.alloc(32, 8)))
    for (const earlierCheckpoint of ['x', forged, forged.replace('\n9\n', '\n8\n')]) {
      expect(await faultsOf(lines, { ...key, earlierCheckpoint })).toEqual(['1 checkpoint_unreadable'])
    }
  })
})

describe('the verifier', () => {
  it('stands alone: it reaches nothing but base and its own pure files', () => {
    const reached = new Set<string>()
    const follow = (file: string) => {
      if (reached.has(file)) return
      reached.add(file)
      const text = readFileSync(file, 'utf8')
      for (const found of text.matchAll(/^(?:import|export) .*from '(\.[^']+)'/gm)) {
        if (!(found[1] as string).startsWith('../base/')) follow(join(file, '..', found[1] as string))
      }
      for (const found of text.matchAll(/from '([^'.][^']*)'/g)) expect(found[1]).toMatch(/^node:crypto$/)
      expect(text).not.toMatch(/\.\.\/(store|access|engine)/)
    }
    follow(join(import.meta.dirname, 'verify-export.ts'))
    expect(reached.size).toBeGreaterThan(8)
  })

  it('has a tlog that imports nothing but node:crypto and itself', () => {
    const folder = join(import.meta.dirname, 'tlog')
    const files = readdirSync(folder).filter((file) => !file.endsWith('.test.ts'))
    for (const file of files) {
      const sources = [...readFileSync(join(folder, file), 'utf8').matchAll(/from '([^']+)'/g)].map((found) => found[1])
      for (const source of sources) expect(source).toMatch(/^(node:crypto|\.\/[a-z.-]+\.ts)$/)
    }
    expect(SEED).toHaveLength(32)
  })
})
