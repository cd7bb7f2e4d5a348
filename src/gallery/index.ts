/**
 * gallery: booking photographs that may be compared, and the search over them.
 * In: authorised sources; one JPEG or PNG per booking with its provenance (days as ISO days); a query template (unit length).
 * Out: bookings, display copies, and candidates by cosine similarity (-1 to 1), best first, at most 50, one per subject.
 * Originals and templates are sealed at rest under the subject's own key. County-wide: no agency owns a row.
 * Roles: a custodian registers, enrols and looks at photographs; auditors read lists. `openFlatSearch`,
 * `bookingForExamination`, `galleryCounts`, `sourcesOf` and what makes templates anew for another model ask no role:
 * the rooms that call them decide who may.
 */
export type {
  Booking,
  BookingCode,
  BookingInput,
  EnrolledBooking,
  Sex,
  Subject,
} from './booking.ts'
export { enrolBooking } from './enrol-booking.ts'
export { enrolFolder } from './enrol-folder.ts'
export { openFlatSearch } from './flat-search.ts'
export type { FolderCode, FolderInput, FolderProgress, FolderReport, LineCode, LineReport } from './folder-report.ts'
export type { GalleryDeps } from './gallery-deps.ts'
export type { GalleryErrorCode } from './gallery-error.ts'
export type { GalleryCandidate, GallerySearch, GallerySearchResult, SearchOptions } from './gallery-search.ts'
export {
  type BookingPage,
  type GalleryCounts,
  galleryCounts,
  listBookings,
  listSources,
  type SourceSummary,
  sourcesOf,
} from './list-gallery.ts'
export { photoAgeYears } from './photo-age.ts'
export { registerSource } from './register-source.ts'
export { countCoverage as templateCoverage, countFailures as templateFailures } from './retemplate/records.ts'
export { type RetemplateOptions, retemplateGallery } from './retemplate/retemplate-gallery.ts'
export type { TemplateCoverage } from './retemplate/template-coverage.ts'
export { enrolWith, settledCoverage } from './retemplate/use-model.ts'
export { type BookingForExamination, bookingForExamination, bookingImage } from './show-booking.ts'
export type { Source, SourceClass, SourceCode, SourceInput } from './source.ts'
