/**
 * policy: may this search be made?
 * In: the id of a submitted request. Out: a decision with every directive's finding, and either a
 * permit (one use, 15 minutes) or a refusal. Decided before any face is compared, logged either way.
 * Only this room can make a permit; look-alike objects fail to compile and throw `permit_invalid`.
 * Also: what searches work with (model and similarity floor, cosine -1 to 1), changed only with an attached evaluation
 * that is not below the floor and with the approval of two people besides the one who proposed it.
 * Roles: the requester asks for a decision; supervisors and administrators start and lift a
 * moratorium; administrators propose a model or floor, supervisors and administrators approve or reject; everyone reads
 * the directives. `activateOperatingPoint`, `followVersion` ask no role: people decided before. `decisionOf`, `moratoriumOf`, `requirePermit`, `spendPermit` are for the rooms below.
 */
export { type DirectiveList, listDirectives } from './active-pack.ts'
export type { DecideCode } from './decide.ts'
export { decideRequest } from './decide-request.ts'
export type { Decision, Finding } from './decision.ts'
export type { Directive } from './directive.ts'
export type { Facts } from './facts.ts'
export { type LiftMoratoriumCode, liftMoratorium } from './lift-moratorium.ts'
export type { Moratorium } from './moratorium.ts'
export {
  type ActivateCode,
  activateOperatingPoint,
  followVersion,
} from './operating-point/activate-operating-point.ts'
export { type ApproveCode, approveOperatingPoint } from './operating-point/approve-operating-point.ts'
export type { EvaluationFloor } from './operating-point/floor.ts'
export type { FloorFinding } from './operating-point/judge-evaluation.ts'
export type {
  OperatingPoint,
  OperatingPointDeps,
  Proposal,
  ProposalInput,
  ProposalState,
} from './operating-point/operating-point.ts'
export { type ProposeCode, proposeOperatingPoint } from './operating-point/propose-operating-point.ts'
export { currentOperatingPoint, openProposal } from './operating-point/records.ts'
export { type RejectCode, rejectOperatingPoint } from './operating-point/reject-operating-point.ts'
export {
  type Migration,
  type OperatingPointView,
  operatingPointView,
} from './operating-point/view-operating-point.ts'
export { type Permit, requirePermit } from './permit.ts'
export { permitFor } from './permit-for.ts'
export type { PolicyDeps } from './policy-deps.ts'
export { currentMoratorium, readDecision } from './read-policy.ts'
export { decisionOf, moratoriumOf } from './records.ts'
export { moratoriumInForce, type SpendCode, spendPermit } from './spend-permit.ts'
export { type StartMoratoriumCode, startMoratorium } from './start-moratorium.ts'
