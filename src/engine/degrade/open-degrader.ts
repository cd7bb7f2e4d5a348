import { done, type Outcome } from '../../base/index.ts'
import { decodeImage } from '../decode/decode-image.ts'
import { DEFAULT_POOL, openDecodePool } from '../decode/decode-pool.ts'
import type { EngineCode } from '../engine.ts'
import { type DegradationStep, degradeImage } from './degrade-image.ts'
import type { FacePlace } from './face-place.ts'

/** Makes known-hard photographs from files. */
export interface Degrader {
  /**
   * A file degraded by one step, as JPEG; fails as decoding does.
   * @param face as the engine found it in the same file
   */
  degrade(bytes: Uint8Array, face: FacePlace, what: DegradationStep): Promise<Outcome<Uint8Array, EngineCode>>
  /** Stops the decode process. Safe to call twice. */
  close(): void
}

/** Opens the way from files to degraded files; image files are decoded in a limited process of its own. */
export function openDegrader(): Degrader {
  const pool = openDecodePool(DEFAULT_POOL)
  return {
    degrade: async (bytes, face, what) => {
      const decoded = await decodeImage(pool, bytes)
      return decoded.ok ? done(await degradeImage(decoded.value.pixels, face, what)) : decoded
    },
    close: () => pool.close(),
  }
}
