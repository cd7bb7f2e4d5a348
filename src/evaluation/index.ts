/**
 * evaluation: how accurate an engine is, and for whom. It cannot see any case, gallery or booking.
 * In: a folder of photographs whose people are known (a subfolder per person, or a CSV), and an engine. Out: a report
 * of plain JSON (rates 0 to 1 with 95 % intervals, similarity scores as cosine -1 to 1, N in people), the same as text
 * and as one HTML page; and the pure figures themselves, which other rooms use on their own numbers.
 * Here alone a search has a mate: the truth is known. Definitions: NIST FRTE 1:N, ISO/IEC 19795-1 and -10.
 * Roles: none; nothing here acts on anybody. Whoever changes a threshold or model attaches a report by its digest.
 */
export {
  digestOf,
  type EvaluationReport,
  type OperatingPoint,
  type ReportDiscard,
  type ReportFailures,
  type ReportGroupComparisons,
  type ReportProtocol,
  type ReportSet,
  type ReportVerification,
} from './evaluation-report.ts'
export {
  type Calibration,
  type CalibrationPoint,
  type ExpectedInnocents,
  expectedInnocents,
} from './figures/calibration.ts'
export type { GroupTable, SearchDifferentials } from './figures/differentials.ts'
export type { CmcPoint, Rate } from './figures/error-rates.ts'
export type { Interval } from './figures/intervals.ts'
export type { GroupAxis, Groups, MatedSearch, NonMatedSearch } from './figures/searches.ts'
export type { OperatingThreshold } from './figures/threshold.ts'
export { bestAccuracy } from './figures/verification.ts'
export type { LabelledPhoto, LabelledSet, PhotoRole } from './labelled-set.ts'
export { type LabelledSetCode, type LabelledSetInput, readLabelledSet } from './read-labelled-set.ts'
export {
  type AttachEvaluationCode,
  attachEvaluation,
  type EvaluationInput,
} from './registry/attach-evaluation.ts'
export type { AttachedEvaluation, EvaluationSummary } from './registry/attached-evaluation.ts'
export { type ListedModel, listModels } from './registry/list-models.ts'
export { evaluationOf, evaluationSummaries, evaluationsOn, registeredModel } from './registry/records.ts'
export {
  type ModelInput,
  type ModelRegistration,
  type RegisterModelCode,
  registerModel,
} from './registry/register-model.ts'
export type { ExaminedModel, ExamineModel, RegisteredModel, RegistryDeps } from './registry/registered-model.ts'
export { reportHtml } from './report-html.ts'
export { reportText } from './report-text.ts'
export {
  type EvaluationCode,
  type EvaluationDeps,
  type EvaluationOptions,
  type EvaluationProgress,
  runEvaluation,
} from './run-evaluation.ts'
