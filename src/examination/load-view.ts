import { narrowingOf, probeOf, requestOf, type SearchRequest } from '../intake/index.ts'
import { searchOf, searchSentence } from '../search/index.ts'
import type { Tx } from '../store/index.ts'
import { type BlindProbe, blindView, type ExaminationView, opaqueCandidateId } from './blind-view.ts'
import type { Examination } from './examination.ts'
import { signatureOf, verdictsOf } from './records.ts'

/** The blind view of an examination as it stands now. */
export async function loadView(tx: Tx, examination: Examination): Promise<ExaminationView> {
  const { request: id } = examination
  const [search, request] = [await searchOf(tx, id), await requestOf(tx, id)]
  if (search === null || request === null) throw new TypeError(`Request ${id} was never searched.`)
  return blindView({
    examination,
    signed: (await signatureOf(tx, examination.id)) !== null,
    probe: await probeOfRequest(tx, request),
    searched: searchSentence(search, await narrowingOf(tx, request)),
    candidates: search.candidates,
    verdicts: await verdictsOf(tx, examination.id),
  })
}

/** The candidate behind an opaque id; null when the list has none. */
export async function candidateBehind(tx: Tx, examination: Examination, opaque: string) {
  const search = await searchOf(tx, examination.request)
  return search?.candidates.find((one) => opaqueCandidateId(examination.id, one.id) === opaque) ?? null
}

async function probeOfRequest(tx: Tx, request: SearchRequest): Promise<BlindProbe> {
  const probe = await probeOf(tx, request.probe)
  const face = probe?.faces[request.faceIndex]
  if (probe === null || face === undefined) throw new TypeError(`Request ${request.id} has no probe face.`)
  return { width: probe.width, height: probe.height, face, limitations: face.limitations }
}
