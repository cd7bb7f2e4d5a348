/**
 * Somebody else's program reads our log: Go's own golang.org/x/mod/sumdb, as Debian packages it (golang-go and
 * golang-golang-x-mod-dev). Where either is not installed, these tests are skipped and say so.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addSignatures,
  checkpointText,
  cosigner,
  emptyRoot,
  growTree,
  leafHash,
  noteSigner,
  openNote,
  parseNote,
  parseVerifierKey,
  TileTree,
  type TreeState,
  verifyConsistency,
  verifyInclusion,
} from '../../src/audit/tlog/index.ts'

const GO_PACKAGES = '/usr/share/gocode'
const SOURCE = join(import.meta.dirname, 'tlog-check', 'main.go')
const ORIGIN = 'county.example/log'
const SIZES = [1, 7, 255, 256, 257, 600]

const hasGo = spawnSync('go', ['version']).status === 0
const hasPackage = existsSync(join(GO_PACKAGES, 'src/golang.org/x/mod/sumdb/tlog/tile.go'))
const absent = hasGo && hasPackage ? null : hasGo ? 'golang-golang-x-mod-dev is not installed' : 'Go is not installed'

interface GoReport {
  readonly size: number
  readonly entries: readonly string[]
  readonly inclusion: readonly (readonly string[])[]
  readonly extends: readonly (readonly string[])[]
  readonly roots: readonly string[]
  readonly note: string
  readonly noteKey: string
}

const signer = noteSigner(ORIGIN, Buffer.alloc(32, 1))
const witness = cosigner('witness.example/w1', Buffer.alloc(32, 2))
const entryAt = (index: number) => Buffer.from(`entry ${index} ${'é'.repeat(index % 40)}`)
const bytesOf = (hashes: readonly string[]) => hashes.map((hash) => Buffer.from(hash, 'base64'))

describe.skipIf(absent !== null)(`a log of ours, read by Go${absent === null ? '' : ` (skipped: ${absent})`}`, () => {
  let folder: string
  let program: string
  let state: TreeState = { size: 0, root: emptyRoot() }

  const fileIn = (root: string, path: string) => join(root, 'log', path)
  const readIn = (root: string) => async (path: string) =>
    existsSync(fileIn(root, path)) ? await readFile(fileIn(root, path)) : null
  const goOn = (log: string) => {
    const run = spawnSync(program, [log, signer.verifierKey, ORIGIN], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    return { status: run.status, stderr: run.stderr, report: () => JSON.parse(run.stdout) as GoReport }
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countenance-go-'))
    program = join(folder, 'tlog-check')
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: GO_PACKAGES, GOFLAGS: '', GOCACHE: join(folder, 'cache') }
    const built = spawnSync('go', ['build', '-o', program, SOURCE], { env, encoding: 'utf8' })
    expect(built.stderr).toBe('')
    for (const size of SIZES) {
      const entries = Array.from({ length: size - state.size }, (_, place) => entryAt(state.size + place))
      const grown = await growTree(readIn(folder), state, entries)
      for (const file of grown.files) {
        await mkdir(dirname(fileIn(folder, file.path)), { recursive: true })
        await writeFile(fileIn(folder, file.path), file.bytes)
      }
      state = grown
    }
    const text = checkpointText({ origin: ORIGIN, ...state })
    const note = addSignatures(signer.sign(text), [witness.cosign(text, 1_795_000_000)])
    await writeFile(fileIn(folder, 'checkpoint'), note)
  })
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it('is whole: note, tiles, entries and every proof, and its proofs are the same as ours', async () => {
    const run = goOn(join(folder, 'log'))
    expect(run.stderr).toBe('')
    expect(run.status).toBe(0)
    const report = run.report()
    const tree = new TileTree(readIn(folder), state.size)
    expect(report.size).toBe(600)
    for (let index = 0; index < state.size; index += 1) {
      const entry = Buffer.from(report.entries[index] as string, 'base64')
      expect(entry).toEqual(entryAt(index))
      const path = bytesOf(report.inclusion[index] as readonly string[])
      expect(verifyInclusion({ index, hash: leafHash(entry) }, state, path)).toBe(true)
      expect(await tree.inclusionProof(index)).toEqual(path)
      const older = { size: index + 1, root: Buffer.from(report.roots[index] as string, 'base64') }
      expect(verifyConsistency(older, state, bytesOf(report.extends[index] as readonly string[]))).toBe(true)
    }
  })

  it('comes back with a signature by Go that we open', () => {
    const { note, noteKey } = goOn(join(folder, 'log')).report()
    const verifiers = [signer.verifierKey, noteKey].map((key) => parseVerifierKey(key))
    if (!verifiers.every((verifier) => verifier !== null)) throw new Error('Go wrote a key that is none.')
    expect(openNote(note, verifiers)).toMatchObject({ ok: true, signers: [ORIGIN, 'go.example/signer'] })
    expect(parseNote(note)?.signatures.map((one) => one.name)).toContain('witness.example/w1')
  })

  it.each(['checkpoint', 'tile/0/000', 'tile/1/000.p/2', 'tile/0/002.p/88', 'tile/entries/001'])(
    'is refused with one bit of %s flipped',
    async (path) => {
      const copy = await mkdtemp(join(folder, 'copy-'))
      await cp(join(folder, 'log'), join(copy, 'log'), { recursive: true })
      const bytes = await readFile(fileIn(copy, path))
      bytes[20] = (bytes[20] as number) ^ 1
      await writeFile(fileIn(copy, path), bytes)
      const run = goOn(join(copy, 'log'))
      expect(run.status).toBe(1)
      expect(run.stderr).not.toBe('')
    },
  )
})
