/** The examples of the pages in docs/spec are what this code writes and accepts. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkTiles } from './check-tiles.ts'
import { openCheckpoint } from './checkpoint.ts'
import { acceptCosignatures, parseWitnessKey, readCosignatures } from './cosignature.ts'
import {
  cosigners,
  entryAt,
  hex,
  known,
  logSigner,
  MemoryLog,
  ORIGIN,
  TIME,
  trustedLog,
  witnesses,
} from './log.fixture.ts'
import { parseVerifierKey } from './note.ts'
import { parseNote } from './note-format.ts'
import { tilePath } from './tile-path.ts'
import { encodeTlogProof, verifyTlogProof } from './tlog-proof.ts'
import { decideAddCheckpoint, encodeAddCheckpoint } from './witness-protocol.ts'

const page = (name: string) => readFileSync(resolve(import.meta.dirname, `../../../docs/spec/${name}.md`), 'utf8')
const blocksOf = (text: string) => [...text.matchAll(/^```\n([^`]*)^```$/gm)].map((block) => block[1] as string)

let log: MemoryLog
beforeAll(async () => {
  log = await MemoryLog.of(3)
})

describe('docs/spec/tlog-tiles.md', () => {
  const [listing, bundle, tile, checkpoint] = blocksOf(page('tlog-tiles')) as [string, string, string, string]

  it('shows the directory of three entries', async () => {
    expect(listing.trimEnd().split('\n').slice(1)).toEqual([...log.files.keys()])
    expect(bundle.trimEnd()).toBe(hex(log.files.get('tile/entries/000.p/3') as Uint8Array))
    expect(tile.replaceAll('\n', '')).toBe(hex(log.files.get('tile/0/000.p/3') as Uint8Array))
    const opened = openCheckpoint(checkpoint, trustedLog)
    if (!opened.ok) throw new Error(opened.fault)
    expect(await checkTiles(log.read, opened.checkpoint)).toEqual({ ok: true, size: 3 })
  })

  it('writes index 1234067 as the code does', () => {
    expect(page('tlog-tiles')).toContain(tilePath({ level: 0, index: 1_234_067, width: 256 }).slice('tile/0/'.length))
  })
})

describe('docs/spec/cosignatures.md', () => {
  const [key, request, answer, message] = blocksOf(page('cosignatures')) as [string, string, string, string]

  it('shows the key, the request and the answer of a witness', async () => {
    expect(key).toBe(`${known(cosigners[0]).verifierKey}\n`)
    expect(request).toBe(encodeAddCheckpoint({ oldSize: 2, proof: await log.tree.consistencyProof(2), note: log.note }))
    const cosigned = known(acceptCosignatures(log.note, answer, [known(parseWitnessKey(key.trimEnd()))]))
    expect(readCosignatures(cosigned, witnesses)).toMatchObject({ cosignatures: [{ time: TIME }] })
    expect(message).toBe(`cosignature/v1\ntime ${TIME}\n${known(parseNote(log.note)).text}`)
  })

  it('shows a request that a witness which knows two entries cosigns', async () => {
    const cosigned = new Map([[ORIGIN, { origin: ORIGIN, size: 2, root: await log.tree.root(2) }]])
    const logs = new Map([[ORIGIN, trustedLog.verifiers]])
    expect(decideAddCheckpoint(request, { logs, cosigned })).toMatchObject({ verdict: 'cosign' })
  })
})

describe('docs/spec/tlog-proof.md', () => {
  const [proof, keys] = blocksOf(page('tlog-proof')) as [string, string]
  const [logKey, witnessKey] = keys.split('\n') as [string, string]

  it('shows a proof that its keys verify', async () => {
    expect(logKey).toBe(logSigner.verifierKey)
    const trust = {
      log: { origin: ORIGIN, verifiers: [known(parseVerifierKey(logKey))] },
      policy: { witnesses: [known(parseWitnessKey(witnessKey))], needed: 1 },
    }
    expect(verifyTlogProof(entryAt(1), proof, trust)).toMatchObject({ ok: true, index: 1 })
    expect(verifyTlogProof(entryAt(2), proof, trust)).toEqual({ ok: false, fault: 'not_included' })
    const checkpoint = proof.slice(proof.indexOf('\n\n') + 2)
    expect(encodeTlogProof({ index: 1, path: await log.tree.inclusionProof(1), checkpoint })).toBe(proof)
  })
})
