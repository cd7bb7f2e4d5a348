import { type Probe as KeptProbe, probeImage, readProbe, receiveProbe } from '../../intake/index.ts'
import { describeQuality } from '../../transparency/index.ts'
import { actorOf } from '../authenticate.ts'
import { idParams, type Probe, type ProbeFace, probeSchema } from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { receivePhotograph } from '../receive-upload.ts'
import { answers, changes, fileAnswer, readsUpload, uploadBody } from '../route-docs.ts'

const TAGS = { tags: ['probes'] }

export function probeRoutes(app: Door, deps: HttpDeps): void {
  const receiving = {
    ...TAGS,
    summary: 'Hand in a photograph; its faces come back',
    consumes: ['multipart/form-data'],
    body: uploadBody({}),
    response: changes({ 201: probeSchema }, 422, 507),
  }
  app.post('/probes', { schema: receiving, ...readsUpload }, async (request, reply) => {
    const image = await receivePhotograph(request)
    const probe = valueFrom(await receiveProbe(deps, actorOf(request), image))
    return reply.code(201).send(probeBody(deps, probe))
  })

  const reading = { ...TAGS, summary: 'A probe', params: idParams, response: answers({ 200: probeSchema }, 404, 422) }
  app.get('/probes/:id', { schema: reading }, async (request): Promise<Probe> => {
    return probeBody(deps, valueFrom(await readProbe(deps, actorOf(request), request.params.id)))
  })

  const image = fileAnswer('image/jpeg', 'Upright display copy, without metadata')
  const showing = {
    ...TAGS,
    summary: 'The photograph of a probe',
    params: idParams,
    response: answers({ 200: image }, 404, 422),
  }
  app.get('/probes/:id/image', { schema: showing }, async (request, reply) => {
    const copy = valueFrom(await probeImage(deps, actorOf(request), request.params.id))
    return reply.type(copy.mediaType).send(Buffer.from(copy.bytes))
  })
}

function probeBody(deps: HttpDeps, probe: KeptProbe): Probe {
  const { id, width, height, mediaType, exifOrientation, receivedAt } = probe
  return {
    ...{ id, width, height, exifOrientation, receivedAt },
    mediaType: mediaType === 'image/png' ? 'image/png' : 'image/jpeg',
    faces: probe.faces.map((face) => faceBody(deps, face)),
  }
}

function faceBody(deps: HttpDeps, face: KeptProbe['faces'][number]): ProbeFace {
  const { index, box, landmarks, interEyePixels, pose, limitations } = face
  // A probe of an earlier version was stored without it.
  const quality = describeQuality((face as Partial<typeof face>).quality)
  const least = deps.engine.manifest.limits.refuseBelowInterEyePixels
  return {
    ...{ index, box, interEyePixels, pose },
    landmarks: landmarks.map(({ x, y }) => ({ x, y })),
    quality: quality === null ? null : { ...quality, measures: [...quality.measures] },
    limitations: [...limitations],
    usable: interEyePixels >= least,
  }
}
