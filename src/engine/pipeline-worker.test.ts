import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { featureRecord } from './embedder-record.ts'
import { EngineError } from './engine-error.ts'
import { type EngineManifest, engineManifest } from './model-manifest.ts'
import type { PipelineTask } from './pipeline.ts'
import { openPipelinePool, type PipelinePool, type PipelinePoolOptions } from './pipeline-pool.ts'
import { gradientPixels, weightsReady } from './test-support.ts'

// The real networks in real threads, which are never ended from outside; see `pipeline-pool.test.ts` for the rest.

/** One embedder is enough here. */
const manifest: EngineManifest = { ...engineManifest, embedders: [{ ...featureRecord, share: 1 }] }
let weightsDir = ''
beforeAll(async () => {
  weightsDir = await weightsReady()
}, 120_000)

const open: PipelinePool[] = []
afterEach(async () => {
  for (const pool of open.splice(0)) await pool.close()
})

async function openPool(given: Partial<PipelinePoolOptions> = {}): Promise<PipelinePool> {
  const limits = { threads: 1, mostWaiting: 8, mostWaitingBytes: 1e9 }
  const pool = await openPipelinePool({ manifest, weightsDir, ...limits, ...given })
  open.push(pool)
  return pool
}

const task = (): PipelineTask => ({ pixels: gradientPixels(64, 64), jpegQuality: null, embed: 'all' })

test('answers a task, and ends the one it runs before it closes', async () => {
  const pool = await openPool()
  const nothing = { end: 'done', result: { faces: [], vector: null } }
  expect(await pool.run(task())).toEqual(nothing)
  const running = pool.run(task())
  await pool.close()
  expect(await running).toEqual(nothing)
})

test('tells a fault of the networks and goes on', async () => {
  // The embedder has one output where a detector has two.
  const pool = await openPool({ manifest: { ...manifest, detectors: [featureRecord] } })
  const failed = { end: 'failed', message: 'The detector fr-feature-512 gave no boxes and scores.' }
  expect(await pool.run(task())).toEqual(failed)
  expect(await pool.run(task())).toEqual(failed)
})

test('says which weights are missing, and ends by itself', async () => {
  const nowhere = join(weightsDir, 'nowhere')
  const error: unknown = await openPool({ weightsDir: nowhere, threads: 2 }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(EngineError)
  expect(error).toMatchObject({ code: 'weight_missing' })
  expect(String(error)).toContain(join(nowhere, 'fr_feature.onnx'))
  expect(String(error)).toContain('node tools/fetch-weights.mjs')
})

test('says which weights are not the right ones, and ends by itself', async () => {
  const embedders = [{ ...featureRecord, share: 1, sourceSha256: '0'.repeat(64) }] as const
  await expect(openPool({ manifest: { ...manifest, embedders } })).rejects.toMatchObject({
    code: 'weight_hash_differs',
  })
})
