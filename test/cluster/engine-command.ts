import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const HERE = import.meta.dirname
const LIBRARY = join(HERE, 'node_modules', `@chdb/lib-${process.platform}-${process.arch}-gnu`, 'libchdb.so')

export interface EngineCommand {
  readonly command: string
  /** What comes before the engine's own arguments. */
  readonly words: readonly string[]
}

/** Why the engine cannot be started here; null when it can. */
export function whyNoCluster(): string | null {
  if (!existsSync(LIBRARY)) return 'The engine of the cluster tests is not there: npm ci --prefix test/cluster.'
  const starts = hasPython() || runs('cc', ['--version'])
  return starts ? null : 'Neither python3 nor cc is there to start the engine of the cluster tests with.'
}

/** How to start the engine. @param folder where a launcher may be built @throws Error when `whyNoCluster` has a reason */
export function engineCommand(folder: string): EngineCommand {
  if (hasPython()) return { command: 'python3', words: [join(HERE, 'launch.py'), LIBRARY] }
  const launcher = join(folder, 'launch')
  if (runs('cc', ['-O1', '-o', launcher, join(HERE, 'launch.c'), '-ldl']))
    return { command: launcher, words: [LIBRARY] }
  throw new Error(whyNoCluster() ?? 'The launcher of the cluster tests could not be built.')
}

function hasPython(): boolean {
  return runs('python3', ['-c', 'import ctypes'])
}

function runs(command: string, words: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: 'ignore' }).status === 0
}
