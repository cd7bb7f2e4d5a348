import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256Hex } from '../../base/index.ts'
import type { LoadedOwnModel } from './check-own-model.ts'
import { keptName } from './describe-own-model.ts'

/**
 * Puts the checked bytes of a brought model into the weights folder, where the engine finds them
 * again, whatever becomes of the folder that they were brought in.
 * @returns the file's path
 */
export async function keepOwnModel({ manifest, source }: LoadedOwnModel, weightsDir: string): Promise<string> {
  const target = join(weightsDir, keptName(manifest))
  const present = await readFile(target).catch(() => undefined)
  if (present !== undefined && sha256Hex(present) === manifest.sha256) return target
  await mkdir(weightsDir, { recursive: true })
  // Written beside and renamed, so that a half file never has the name.
  const partial = `${target}.${randomUUID()}.partial`
  const file = await open(partial, 'wx')
  try {
    await file.writeFile(source)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, target)
  return target
}
