import {
  type AuthorizationAnswer,
  type StatefulAuthorizationCall,
  statefulIsAuthorized,
} from '@cedar-policy/cedar-wasm/nodejs'
import type { Finding } from './decision.ts'
import type { Directive } from './directive.ts'
import { type Facts, factWords } from './facts.ts'
import type { OpenPack } from './open-pack.ts'

export interface Evaluation {
  readonly outcome: 'permitted' | 'refused'
  /** One per directive, in the order of the pack. */
  readonly findings: readonly Finding[]
}

/**
 * Asks every directive alone, so that each has its finding, and all of them together. Permitted is only what
 * all allow and what the whole set allows: the strictest wins. A directive that cannot be evaluated refuses.
 */
export function evaluate(open: OpenPack, facts: Facts): Evaluation {
  const call = callOf(open, facts)
  const findings = open.pack.directives.map((directive) =>
    findingOf(directive, facts, statefulIsAuthorized({ ...call, preparsedPolicySetId: open.aloneSet(directive.id) })),
  )
  const whole = statefulIsAuthorized({ ...call, preparsedPolicySetId: open.wholeSet })
  const permitted = allows(whole) && findings.every((finding) => finding.outcome === 'allowed')
  return { outcome: permitted ? 'permitted' : 'refused', findings }
}

function allows(answer: AuthorizationAnswer): boolean {
  if (answer.type === 'failure') return false
  const { decision, diagnostics } = answer.response
  return decision === 'allow' && diagnostics.errors.length === 0
}

function findingOf(directive: Directive, facts: Facts, answer: AuthorizationAnswer): Finding {
  const { id, title, code } = directive
  const told = { directive: id, title, code }
  if (allows(answer)) return { ...told, outcome: 'allowed', sentence: directive.satisfied, remedy: '' }
  if (answer.type === 'failure' || answer.response.diagnostics.errors.length > 0) {
    const sentence = 'This rule could not be evaluated, and what cannot be evaluated is refused.'
    return { ...told, code: 'policy_error', outcome: 'refused', sentence, remedy: 'Tell an administrator.' }
  }
  const words = factWords(facts)
  const sentence = fillIn(directive.sentence, words)
  return { ...told, outcome: 'refused', sentence, remedy: fillIn(directive.remedy, words) }
}

function fillIn(text: string, words: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => words[name] ?? '')
}

function callOf(open: OpenPack, facts: Facts): Omit<StatefulAuthorizationCall, 'preparsedPolicySetId'> {
  const principal = { type: 'Account', id: facts.actor.account }
  const resource = { type: 'Gallery', id: facts.gallery.id }
  const { account, agency, ori, roles } = facts.actor
  return {
    principal,
    action: { type: 'Action', id: 'search' },
    resource,
    context: contextOf(facts),
    entities: [
      { uid: principal, attrs: { account, agency, ori, roles: [...roles] }, parents: [] },
      { uid: resource, attrs: { classes: [...facts.gallery.classes] }, parents: [] },
    ],
    preparsedSchemaName: open.schemaName,
    validateRequest: true,
  }
}

function contextOf(facts: Facts): StatefulAuthorizationCall['context'] {
  const { id: _id, probe: _probe, faceIndex: _faceIndex, filter, ...request } = facts.request
  const { certificate } = facts
  return {
    ...request,
    filter: given(filter),
    now: cedarTime(facts.at),
    moratorium: facts.moratorium !== null,
    ...(certificate && { certificate: { track: certificate.track, expiresAt: cedarTime(certificate.expiresAt) } }),
  }
}

/** Cedar knows no null: what is not asked is left out. */
function given(filter: Facts['request']['filter']) {
  const lists = {
    ...(filter.sources && { sources: [...filter.sources] }),
    ...(filter.sexes && { sexes: [...filter.sexes] }),
  }
  const { bookedFrom, bookedTo, bornFrom, bornTo } = filter
  const ends = Object.entries({ bookedFrom, bookedTo, bornFrom, bornTo }).filter(([, end]) => end !== null)
  return { ...lists, ...(Object.fromEntries(ends) as Record<string, string | number>) }
}

/** Cedar wants three digits of a second or none. */
function cedarTime(stamp: string) {
  return { __extn: { fn: 'datetime', arg: new Date(stamp).toISOString() } }
}
