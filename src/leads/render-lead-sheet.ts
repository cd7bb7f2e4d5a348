import { readFile } from 'node:fs/promises'
import { type Actor, scopeOf } from '../access/index.ts'
import { append, integrate } from '../audit/index.ts'
import { done, type Outcome, sha256Hex } from '../base/index.ts'
import type { FramedFace } from './face-crop.ts'
import { type LeadImageCode, type LeadImageDeps, leadCandidateImage, leadProbeImage } from './lead-images.ts'
import { leadSheet } from './lead-sheet.ts'
import { readLead } from './read-lead.ts'
import { typesetDocument } from './typeset-document.ts'

export interface LeadSheet {
  readonly pdf: Uint8Array
  /** SHA-256 of the bytes; the log keeps it. */
  readonly sha256: string
}

/**
 * The lead on paper: a tagged PDF in English. Who printed which sheet is an entry of the log.
 * Entries that wait get their places first, so that every sheet says where the entry of its lead stands.
 */
export async function renderLeadSheet(
  deps: LeadImageDeps,
  actor: Actor,
  id: string,
): Promise<Outcome<LeadSheet, LeadImageCode>> {
  await integrate(deps.store)
  const file = await readLead(deps, actor, id)
  if (!file.ok) return file
  const probe = await leadProbeImage(deps, actor, id)
  if (!probe.ok) return probe
  const candidate = await leadCandidateImage(deps, actor, id, file.value.candidate.id)
  if (!candidate.ok) return candidate
  const sheet = leadSheet(file.value, await faceIn(deps, candidate.value))
  const pdf = await typesetDocument(await readFile(new URL('lead-sheet.typ', import.meta.url), 'utf8'), {
    'data.json': Buffer.from(JSON.stringify(sheet)),
    'probe.jpg': probe.value,
    'candidate.jpg': candidate.value,
  })
  const sha256 = sha256Hex(pdf)
  await logSheet(deps, actor, id, sha256)
  return done({ pdf, sha256 })
}

/** Where the one face of a display copy lies; null when it is not clear, so that the copy is shown whole. */
async function faceIn(deps: LeadImageDeps, image: Uint8Array): Promise<FramedFace | null> {
  const analysis = await deps.engine.analyse(image)
  if (!analysis.ok || analysis.value.faces.length !== 1) return null
  const { width, height, faces } = analysis.value
  return faces[0] === undefined ? null : { width, height, face: faces[0].box }
}

async function logSheet(deps: LeadImageDeps, actor: Actor, lead: string, digest: string): Promise<void> {
  await deps.store.transaction(scopeOf(actor), async (tx) => {
    const { account, agency } = actor
    const facts = { lead, digest }
    await append(tx, deps, { act: 'lead.sheet.rendered', actor: account, agency, about: lead, facts })
  })
}
