/**
 * transparency: what the public, counsel and auditors may know of the system.
 * In: the engine in use, the operating point, evaluations (attached, or shipped with this version). Out: the model card
 * as plain data (rates 0 to 1, similarity scores as cosine), with what is not known said in sentences. It measures
 * nothing itself. Roles: everybody signed in reads the card.
 */
export type {
  CardAxis,
  CardCell,
  CardFigures,
  CardGroupComparisons,
  CardInterval,
  CardRate,
  CardSpread,
  CardThreshold,
} from './card-figures.ts'
export { type DescribedQuality, describeQuality } from './describe-quality.ts'
export { type CardEvaluation, type ModelCard, type ModelCardDeps, modelCard } from './model-card.ts'
export { readShippedReports, type ShippedReports } from './shipped-reports.ts'
