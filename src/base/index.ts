/**
 * base: ids, clock, refusal and failure values, canonical JSON. No I/O.
 * In: nothing. Out: small values every other room speaks in. Roles: none.
 */
export { canonicalJson, type JsonValue } from './canonical-json.ts'
export { type Clock, fixedClock, systemClock, toStamp } from './clock.ts'
export { countingIds, type Ids, isId, randomIds } from './ids.ts'
export { done, fail, type Outcome, type Problem, type ProblemKind, refuse } from './outcome.ts'
export { sha256Hex } from './sha256.ts'
