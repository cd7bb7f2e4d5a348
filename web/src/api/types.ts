/** The shapes the door speaks: types only, from the one contract. */
import type { Reference, RoleName, SignedInAccount, SubmitRequestBody, Term } from '../../../src/http/contract/index.ts'

export type {
  AccountBody,
  Booking,
  BookingList,
  CardEvaluation,
  CardNetwork,
  ConclusionCode,
  Corroboration,
  CorroborationBody,
  Decision,
  EnrolBookingFields,
  EnrolledBooking,
  ErrorRate,
  EvaluationFigures,
  ExaminationQueue,
  ExaminationView,
  FaceQuality,
  Finding,
  Gallery,
  GroupAxis,
  GroupCell,
  GroupComparisons,
  GroupSpread,
  LeadList,
  LeadPage,
  LogEntries,
  LogEntry,
  LogHead,
  ModelCard,
  ModelChanges,
  ModelProposal,
  Policy,
  Probe,
  ProbeFace,
  ProposeChangeBody,
  QueuePlace,
  Reference,
  RequestList,
  RequestPage,
  RequestSummary,
  SearchedRequest,
  Session,
  SignatureBody,
  SignedExamination,
  SubmittedRequest,
  TemplateCoverage,
  VerdictCode,
  ViewCandidate,
  Welcome,
} from '../../../src/http/contract/index.ts'

export type Role = RoleName
export type Account = SignedInAccount
export type Choice = Term
export type RequestInput = SubmitRequestBody
export type VerdictChoice = Reference['verdicts'][number]

/** Pixels of the upright photograph. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
