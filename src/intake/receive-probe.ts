import { type Actor, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, fail, type Outcome, type Problem, toStamp } from '../base/index.ts'
import type { EngineCode, ImageAnalysis } from '../engine/index.ts'
import { StoreError } from '../store/index.ts'
import type { IntakeDeps } from './intake-deps.ts'
import { PROBE_BYTES_LIMIT, type Probe } from './probe.ts'
import { insertProbe } from './records.ts'

export type ReceiveCode = EngineCode | 'disk_full'

/**
 * Takes a photograph in: finds its faces, seals the original bytes under a key of its own, keeps both.
 * The same photograph handed in twice makes two probes. A file that cannot be used is logged and not kept.
 */
export async function receiveProbe(
  deps: IntakeDeps,
  actor: Actor,
  bytes: Uint8Array,
): Promise<Outcome<Probe, ReceiveCode>> {
  const analysis = await analyse(deps, bytes)
  const kept = analysis.ok ? await keepProbe(deps, actor, bytes, analysis.value) : analysis
  if (!kept.ok) await logRefusal(deps, actor, kept.problem)
  return kept
}

async function analyse(deps: IntakeDeps, bytes: Uint8Array): Promise<Outcome<ImageAnalysis, EngineCode>> {
  if (bytes.byteLength <= PROBE_BYTES_LIMIT) return await deps.engine.analyse(bytes)
  const megabytes = Math.ceil(bytes.byteLength / (1024 * 1024))
  return fail(
    'image_too_large',
    `The file has ${megabytes} MB; at most ${PROBE_BYTES_LIMIT / (1024 * 1024)} MB are taken.`,
    'Upload the original photograph as JPEG, or a part of it that shows the face.',
    { facts: { megabytes } },
  )
}

async function keepProbe(
  deps: IntakeDeps,
  actor: Actor,
  bytes: Uint8Array,
  analysis: ImageAnalysis,
): Promise<Outcome<Probe, 'disk_full'>> {
  try {
    return done(await storeProbe(deps, actor, bytes, analysis))
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'disk_full') throw error
    return fail('disk_full', 'The photograph was not kept: the disk is full.', 'Tell an administrator, then try again.')
  }
}

async function storeProbe(deps: IntakeDeps, actor: Actor, bytes: Uint8Array, image: ImageAnalysis): Promise<Probe> {
  return await deps.store.transaction(scopeOf(actor), async (tx) => {
    const id = deps.ids.next('probe')
    const dataKey = `key_${id}`
    await deps.store.blobs.createKey(tx, dataKey)
    const blob = await deps.store.blobs.put(tx, dataKey, bytes)
    const probe: Probe = {
      id,
      agency: actor.agency,
      uploadedBy: actor.account,
      imageDigest: blob.sha256,
      blob: blob.id,
      mediaType: image.mediaType,
      width: image.width,
      height: image.height,
      exifOrientation: image.exifOrientation,
      faces: image.faces,
      receivedAt: toStamp(deps.clock.now()),
    }
    await insertProbe(tx, probe, dataKey)
    const facts = { imageDigest: probe.imageDigest, faces: probe.faces.length }
    await append(tx, deps, { act: 'probe.received', actor: actor.account, agency: actor.agency, about: id, facts })
    return probe
  })
}

async function logRefusal(deps: IntakeDeps, actor: Actor, problem: Problem<ReceiveCode>): Promise<void> {
  await deps.store.transaction(scopeOf(actor), async (tx) => {
    const facts = { code: problem.code }
    await append(tx, deps, { act: 'probe.refused', actor: actor.account, agency: actor.agency, about: null, facts })
  })
}
