import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Vectors by pipeline and SHA-256 of the photograph, so that a long run can be stopped and taken up again. */
export interface TemplateCache {
  has(bytes: Uint8Array): boolean
  write(bytes: Uint8Array, vector: Float32Array | undefined): Promise<void>
  /** Undefined where the pipeline made no template of the photograph. */
  read(bytes: Uint8Array): Promise<Float32Array | undefined>
}

export async function openTemplateCache(folder: string, pipeline: string): Promise<TemplateCache> {
  const place = join(folder, pipeline)
  await mkdir(place, { recursive: true })
  const path = (bytes: Uint8Array) => join(place, `${createHash('sha256').update(bytes).digest('hex')}.f32`)
  return {
    has: (bytes) => existsSync(path(bytes)),
    write: async (bytes, vector) => {
      await writeFile(`${path(bytes)}.part`, new Uint8Array((vector ?? new Float32Array(0)).slice().buffer))
      await rename(`${path(bytes)}.part`, path(bytes))
    },
    read: async (bytes) => {
      const content = await readFile(path(bytes))
      return content.length === 0 ? undefined : new Float32Array(new Uint8Array(content).buffer)
    },
  }
}
