import { setTimeout as pause } from 'node:timers/promises'
import { append } from '../../audit/index.ts'
import { type Outcome, toStamp } from '../../base/index.ts'
import type { EngineCode, FaceTemplate } from '../../engine/index.ts'
import { StoreError } from '../../store/index.ts'
import type { GalleryDeps } from '../gallery-deps.ts'
import { templateBytes } from '../template-bytes.ts'
import { isUsableVector } from '../usable-vector.ts'
import {
  bookingsWithout,
  countCoverage,
  insertFailure,
  insertTemplateOnce,
  type UntemplatedBooking,
} from './records.ts'
import type { TemplateCoverage } from './template-coverage.ts'

export interface RetemplateOptions {
  readonly onProgress?: (coverage: TemplateCoverage) => void
  /** Ends the run after the photograph in hand; the next run goes on from there. */
  readonly signal?: AbortSignal
}

const PAGE = 64
/** A busy engine is asked so often before its photograph is left for a later pass. */
const BUSY_TRIES = 20
const BUSY_PAUSE_MS = 250

/** What is wrong with the stored photograph itself; any other trouble of the store ends the run. */
const LOST_PHOTOGRAPH = ['blob_missing', 'blob_damaged', 'key_destroyed']

/**
 * Makes a template by the model of `deps.engine` for every photograph that has none of it, one after another, while
 * searches go on with another model. What cannot be made is kept with its code and not tried again. What was done
 * stays done: stopped or killed, it goes on where it was; several processes may run it. Photographs enrolled
 * meanwhile are taken up too. Nothing of the old model is touched.
 */
export async function retemplateGallery(deps: GalleryDeps, options: RetemplateOptions = {}): Promise<TemplateCoverage> {
  const before = await coverageOf(deps)
  const tally: Tally = { template: 0, failed: 0, left: 0 }
  let handled = -1
  while (handled !== tally.template + tally.failed && options.signal?.aborted !== true) {
    handled = tally.template + tally.failed
    await onePass(deps, tally, options.signal, () => options.onProgress?.(progressOf(before, tally)))
  }
  const coverage = await coverageOf(deps)
  if (tally.template + tally.failed > 0 && coverage.missing === 0) await recordEnd(deps, coverage)
  options.onProgress?.(coverage)
  return coverage
}

/** What became of the photographs of this run. */
type Ending = 'template' | 'failed' | 'left'
type Tally = Record<Ending, number>

/** How far the engine's model has come. */
async function coverageOf(deps: GalleryDeps): Promise<TemplateCoverage> {
  return await deps.store.transaction({ agency: null }, (tx) => countCoverage(tx, deps.engine.model.sha256))
}

/** From the first id to the last; a further pass finds what was enrolled or left behind it. */
async function onePass(
  deps: GalleryDeps,
  tally: Tally,
  signal: AbortSignal | undefined,
  onProgress: () => void,
): Promise<void> {
  const sha256 = deps.engine.model.sha256
  let after = ''
  for (;;) {
    const at = { after, limit: PAGE }
    const page = await deps.store.transaction({ agency: null }, (tx) => bookingsWithout(tx, sha256, at))
    for (const booking of page) {
      if (signal?.aborted === true) return
      tally[await templateOne(deps, booking, signal)] += 1
      onProgress()
      // Other work of this process goes first.
      await pause(0)
    }
    const last = page.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

function progressOf(before: TemplateCoverage, { template, failed }: Tally): TemplateCoverage {
  const worked = template + failed
  return {
    // Photographs enrolled since the run began count as well.
    bookings: Math.max(before.bookings, before.templates + before.failed + worked),
    templates: before.templates + template,
    failed: before.failed + failed,
    missing: Math.max(0, before.missing - worked),
  }
}

async function templateOne(
  deps: GalleryDeps,
  booking: UntemplatedBooking,
  signal: AbortSignal | undefined,
): Promise<Ending> {
  const image = await readPhotograph(deps, booking)
  if (typeof image === 'string') return await keepFailure(deps, booking, image)
  const made = await patiently(() => deps.engine.makeTemplate(image), signal)
  if (made.ok) return await keepTemplate(deps, booking, made.value)
  // Left for a later pass, or for the next run.
  return made.problem.code === 'engine_busy' ? 'left' : await keepFailure(deps, booking, made.problem.code)
}

/** The photograph, or the code of why the store cannot give it. */
async function readPhotograph(deps: GalleryDeps, booking: UntemplatedBooking): Promise<Uint8Array | string> {
  try {
    return await deps.store.transaction({ agency: null }, (tx) => deps.store.blobs.get(tx, booking.blob))
  } catch (error) {
    if (error instanceof StoreError && LOST_PHOTOGRAPH.includes(error.code)) return error.code
    throw error
  }
}

/** Waits for a busy engine: searches and enrolments come first. */
async function patiently(
  make: () => Promise<Outcome<FaceTemplate, EngineCode>>,
  signal: AbortSignal | undefined,
): Promise<Outcome<FaceTemplate, EngineCode>> {
  let made = await make()
  for (let tries = 1; tries < BUSY_TRIES && !made.ok && made.problem.code === 'engine_busy'; tries += 1) {
    if (signal?.aborted === true) return made
    await pause(BUSY_PAUSE_MS)
    made = await make()
  }
  return made
}

async function keepTemplate(deps: GalleryDeps, booking: UntemplatedBooking, made: FaceTemplate): Promise<Ending> {
  // One template that cannot be compared would stop every search.
  if (!isUsableVector(made.vector, deps.engine.model.dimension)) {
    return await keepFailure(deps, booking, 'vector_unusable')
  }
  await deps.store.transaction({ agency: null }, async (tx) => {
    const sealed = await deps.store.blobs.seal(tx, booking.dataKey, templateBytes(made.vector))
    const { id, subject } = booking
    await insertTemplateOnce(tx, {
      ...{ id: deps.ids.next('tpl'), booking: id, subject, modelSha256: made.model.sha256, sealed },
    })
  })
  return 'template'
}

async function keepFailure(deps: GalleryDeps, booking: UntemplatedBooking, code: string): Promise<Ending> {
  const failure = { booking: booking.id, modelSha256: deps.engine.model.sha256, code }
  await deps.store.transaction({ agency: null }, (tx) =>
    insertFailure(tx, { ...failure, failedAt: toStamp(deps.clock.now()) }),
  )
  return 'failed'
}

async function recordEnd(deps: GalleryDeps, { templates, failed }: TemplateCoverage): Promise<void> {
  await deps.store.transaction({ agency: null }, async (tx) => {
    const facts = { model: deps.engine.model.sha256, templates, failed }
    await append(tx, deps, { act: 'gallery.retemplated', actor: null, agency: null, about: null, facts })
  })
}
