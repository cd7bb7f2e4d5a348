/**
 * policy: may this search be made?
 * In: the id of a submitted request. Out: a decision with every directive's finding, and either a
 * permit (one use, 15 minutes) or a refusal. Decided before any face is compared, logged either way.
 * Only this room can make a permit; look-alike objects fail to compile and throw `permit_invalid`.
 * Roles: the requester asks for a decision; supervisors and administrators start and lift a
 * moratorium; everyone reads the directives. `decisionOf`, `moratoriumOf`, `requirePermit`, `spendPermit` are for the rooms below.
 */
export { type DirectiveList, listDirectives } from './active-pack.ts'
export type { DecideCode } from './decide.ts'
export { decideRequest } from './decide-request.ts'
export type { Decision, Finding } from './decision.ts'
export type { Directive } from './directive.ts'
export type { Facts } from './facts.ts'
export { type LiftMoratoriumCode, liftMoratorium } from './lift-moratorium.ts'
export type { Moratorium } from './moratorium.ts'
export { type Permit, requirePermit } from './permit.ts'
export { permitFor } from './permit-for.ts'
export type { PolicyDeps } from './policy-deps.ts'
export { currentMoratorium, readDecision } from './read-policy.ts'
export { decisionOf, moratoriumOf } from './records.ts'
export { moratoriumInForce, type SpendCode, spendPermit } from './spend-permit.ts'
export { type StartMoratoriumCode, startMoratorium } from './start-moratorium.ts'
