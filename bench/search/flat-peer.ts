import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DiskGallery, TIMED_PROBES } from './gallery-on-disk.ts'
import { RoundProcess } from './round-process.ts'

export interface FlatPeer {
  readonly name: string
}

/** One thread, whatever the library would take. */
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }

/**
 * The peer that compares every float: faiss where python3 has it (its folder may be named by PYTHONPATH), else the
 * same as a loop in C, compiled on the spot; null where neither is there.
 */
export async function startFlatPeer(gallery: DiskGallery): Promise<RoundProcess<FlatPeer> | null> {
  const { spec, floats, probes } = gallery
  const words = [floats, String(spec.rows), String(spec.dimension), probes, String(TIMED_PROBES)]
  if (spawnSync('python3', ['-c', 'import faiss']).status === 0) {
    const program = new URL('flat-peer.py', import.meta.url).pathname
    return await RoundProcess.start<FlatPeer>('python3', [program, ...words], ONE_THREAD)
  }
  const folder = await mkdtemp(join(tmpdir(), 'countenance-flat-'))
  try {
    const built = join(folder, 'flat-peer')
    const source = new URL('flat-peer.c', import.meta.url).pathname
    const flags = ['-O3', '-march=native', '-ffast-math', '-o', built, source]
    if (spawnSync(process.env.CC ?? 'cc', flags, { stdio: ['ignore', 'inherit', 'inherit'] }).status !== 0) return null
    return await RoundProcess.start<FlatPeer>(built, words)
  } finally {
    await rm(folder, { recursive: true })
  }
}
