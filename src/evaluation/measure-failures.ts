import type { EmbeddedPhoto } from './embed-photos.ts'
import type { ReportFailures } from './evaluation-report.ts'
import { failureToExtract } from './figures/error-rates.ts'
import type { LabelledPhoto } from './labelled-set.ts'
import type { Trials } from './make-trials.ts'

/** Counts the photographs of which no template could be made: apart for gallery and probes, and by code. */
export function countFailures(trials: Trials, embedded: ReadonlyMap<LabelledPhoto, EmbeddedPhoto>): ReportFailures {
  const failed = (photos: readonly LabelledPhoto[]) =>
    failureToExtract(photos.map((photo) => ({ failed: (embedded.get(photo)?.vector ?? null) === null })))
  const codes = [...embedded.values()].flatMap(({ failure }) => (failure === null ? [] : [failure]))
  const counts = [...Map.groupBy(codes, (code) => code)].map(([code, all]) => ({ code, photographs: all.length }))
  return {
    enrolment: failed(trials.enrolled),
    extraction: failed([...trials.mated, ...trials.nonMated]),
    byCode: counts.sort((one, other) => other.photographs - one.photographs || (one.code < other.code ? -1 : 1)),
    severalFaces: [...embedded.values()].filter((photo) => photo.severalFaces).length,
  }
}
