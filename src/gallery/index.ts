/**
 * gallery: booking photographs that may be compared, and the search over them.
 * In: authorised sources; one JPEG or PNG per booking with its provenance (days as ISO days); a query template (unit length).
 * Out: bookings, display copies, and candidates by cosine similarity (-1 to 1), best first, at most 50, one per subject.
 * Originals and templates are sealed at rest under the subject's own key. County-wide: no agency owns a row.
 * Roles: a custodian registers, enrols and looks at photographs; auditors read lists; everybody reads which sources their
 * agency may search. `openGallerySearch`, `bookingForExamination`, `galleryCounts`, `sourcesFor` and what makes templates
 * anew for another model ask no role: the rooms that call them decide who may.
 */
export type {
  Booking,
  BookingCode,
  BookingInput,
  EnrolledBooking,
  Sex,
  Subject,
} from './booking.ts'

export { openClusterIndex } from './cluster/cluster-index.ts'
export type { CoarseIndex } from './coarse-index.ts'
export { enrolBooking } from './enrol-booking.ts'
export { enrolFolder } from './enrol-folder.ts'
export { examineIndex } from './examine-index.ts'
export type { FolderCode, FolderInput, FolderProgress, FolderReport, LineCode, LineReport } from './folder-report.ts'
export type { GalleryDeps } from './gallery-deps.ts'
export { GalleryError, type GalleryErrorCode } from './gallery-error.ts'
export { type GalleryFilter, NO_FILTER } from './gallery-filter.ts'
export type {
  GalleryCandidate,
  GallerySearch,
  GallerySearchResult,
  ScoredPhoto,
  SearchOptions,
} from './gallery-search.ts'
export { sweepIndexFolders } from './index-files/sweep-index-folders.ts'
export {
  type BookingPage,
  type GalleryCounts,
  galleryCounts,
  listBookings,
  listSources,
  type SourceSummary,
  searchableSources,
  sourcesFor,
} from './list-gallery.ts'
export { type MoveCode, type MovedGallery, type MoveProgress, moveGallery } from './move-gallery.ts'
export { narrowingText } from './narrowing-text.ts'
export {
  type EmbeddedGalleryOptions,
  type GalleryNote,
  indexName,
  openEmbeddedIndex,
  openGallerySearch,
  openIndexedSearch,
} from './open-gallery-search.ts'
export { type LooseTemplate, openTemplateSearch } from './open-template-search.ts'
export { photoAgeYears } from './photo-age.ts'
export { openPlacedSearch } from './placed-search.ts'
export { type GalleryPlace, placeOf } from './records-place.ts'
export { registerSource } from './register-source.ts'
export { restrictFilter } from './restrict-filter.ts'
export { countCoverage as templateCoverage, countFailures as templateFailures } from './retemplate/records.ts'
export { type RetemplateOptions, retemplateGallery } from './retemplate/retemplate-gallery.ts'
export type { TemplateCoverage } from './retemplate/template-coverage.ts'
export { enrolWith, settledCoverage } from './retemplate/use-model.ts'
export { type SealCode, sealBooking, unsealBooking } from './seal-booking.ts'
export { type BookingForExamination, bookingForExamination, bookingImage } from './show-booking.ts'
export type { Source, SourceClass, SourceCode, SourceInput } from './source.ts'
