import { InferenceSession } from 'onnxruntime-node'
import { expect, test, vi } from 'vitest'
import { engineManifest } from './model-manifest.ts'
import { openPipeline } from './pipeline.ts'

test('networks loaded before one that cannot be are released again', async () => {
  const { prototype } = InferenceSession as unknown as { readonly prototype: InferenceSession }
  const release = vi.spyOn(prototype, 'release')
  const { detectors, landmarks } = engineManifest
  const manifest = { ...engineManifest, landmarks: { ...landmarks, sourceSha256: '0'.repeat(64) } }
  await expect(openPipeline(manifest, { weightsDir: 'nowhere' })).rejects.toMatchObject({ code: 'weight_hash_differs' })
  expect(release).toHaveBeenCalledTimes(detectors.length)
})
