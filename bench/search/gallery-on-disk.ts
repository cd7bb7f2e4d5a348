import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '../../src/base/index.ts'
import type { ModelIdentity } from '../../src/engine/index.ts'
import { EmbeddedIndex } from '../../src/gallery/embedded-index.ts'
import { followSource } from '../../src/gallery/follow-source.ts'
import { openIndexFiles } from '../../src/gallery/index-files/open-index-files.ts'
import { rowLayout } from '../../src/gallery/scan/row-record.ts'
import { FaceSet, type FaceSetSpec, type Probe } from './generate.ts'
import { GeneratedSource } from './generated-source.ts'
import { spend } from './measure.ts'
import { startProgram } from './round-process.ts'

/** A generated gallery in a folder: index files as the product keeps them, and floats for the peers. */
export interface DiskGallery {
  readonly spec: FaceSetSpec
  /** Index files. */
  readonly index: string
  /** All templates, float32, one after the other. */
  readonly floats: string
  /** Probes to be timed with, float32. */
  readonly probes: string
  /** Rows a second taken into an empty index with its files written, making the vectors not counted. */
  readonly buildRate: number
}

/** Searches of a round. */
export const TIMED_PROBES = 8

/** Builds it in a process of its own, unless it is there. @param folder of all galleries of a run */
export async function galleryOnDisk(folder: string, spec: FaceSetSpec): Promise<DiskGallery> {
  const own = join(folder, `${spec.kind}-${spec.rows}x${spec.dimension}`)
  const card = join(own, 'gallery.json')
  if (!existsSync(card)) {
    mkdirSync(own, { recursive: true })
    const builder = await startProgram<DiskGallery>(new URL(import.meta.url), { own, spec })
    await builder.close()
    writeFileSync(card, JSON.stringify(builder.ready))
  }
  return JSON.parse(readFileSync(card, 'utf8')) as DiskGallery
}

export function modelOf({ kind, dimension }: FaceSetSpec): ModelIdentity {
  return { id: 'generated', sha256: sha256Hex(`generated ${kind} ${dimension}`), dimension }
}

/** The embedded index over the files of a gallery. */
export function openIndexOf(folder: string, spec: FaceSetSpec, threads: number): EmbeddedIndex {
  const model = modelOf(spec)
  const { rowBytes } = rowLayout(spec.dimension)
  const openFiles = () => openIndexFiles({ folder, key: Buffer.alloc(32, 7), model, rowBytes })
  return new EmbeddedIndex({ dimension: spec.dimension, threads, openFiles })
}

/** Mated, non-mated and hard probes in turn. */
export function timedProbes(set: FaceSet, count: number): readonly Probe[] {
  const kinds = ['mated', 'non-mated', 'hard', 'hard .30-.45'] as const
  return Array.from({ length: count }, (_, at) => set.probe(kinds[at % kinds.length] ?? 'mated', Math.floor(at / 4)))
}

async function build(own: string, spec: FaceSetSpec): Promise<DiskGallery> {
  const set = new FaceSet(spec)
  const gallery = { spec, index: join(own, 'index'), floats: join(own, 'floats'), probes: join(own, 'probes') }
  writeFileSync(gallery.probes, Buffer.concat(timedProbes(set, TIMED_PROBES).map(({ vector }) => bytesOf(vector))))
  const floats = openSync(gallery.floats, 'w')
  const source = new GeneratedSource(set, (vectors) => writeSync(floats, Buffer.concat(vectors.map(bytesOf))))
  const index = openIndexOf(gallery.index, spec, 0)
  const { cpu } = await spend(async () => {
    await followSource(source, index).follow()
    await index.keep()
  })
  await index.close()
  closeSync(floats)
  return { ...gallery, buildRate: spec.rows / ((cpu - source.pageMs) / 1000) }
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
}

if (import.meta.main) {
  const { own, spec } = JSON.parse(process.argv[2] ?? '{}') as { readonly own: string; readonly spec: FaceSetSpec }
  process.stdout.write(`${JSON.stringify(await build(own, spec))}\n`)
}
