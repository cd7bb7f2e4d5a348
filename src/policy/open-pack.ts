import {
  checkParseSchema,
  type DetailedError,
  getCedarVersion,
  type PolicyJson,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import { canonicalJson, sha256Hex } from '../base/index.ts'
import type { Directive, Pack } from './directive.ts'
import { PolicyError } from './policy-error.ts'

/** A pack that was checked and made ready: every directive alone, and all of them together. */
export interface OpenPack {
  readonly pack: Pack
  /** SHA-256 over the canonical directives and their schema. */
  readonly digest: string
  readonly cedarVersion: string
  readonly schemaName: string
  /** Name of the prepared set in which all directives stand together. */
  readonly wholeSet: string
  /** Name of the prepared set in which one directive stands alone. */
  aloneSet(directive: string): string
}

/** Beside a single `forbid`, so that its silence means yes. */
const OTHERWISE_PERMIT = 'permit (principal, action, resource);'

/**
 * Checks a pack against its schema and prepares it.
 * @throws PolicyError `pack_invalid` when a directive cannot be read, names something the schema does not
 *   know, or carries another code than its record says. A server with such a pack must not start.
 */
export function openPack(pack: Pack): OpenPack {
  const digest = packDigest(pack)
  const aloneSet = (directive: string) => `${pack.id}/${digest}/${directive}`
  const opened = { pack, digest, cedarVersion: getCedarVersion(), schemaName: digest, wholeSet: digest, aloneSet }
  const whole = Object.fromEntries(pack.directives.map((directive) => [directive.id, directive.cedar]))
  checkSchema(pack)
  const effects = pack.directives.map(checkDirective)
  checkSet(pack, whole, effects)
  prepared(preparseSchema(opened.schemaName, pack.schema), pack.id)
  prepared(preparsePolicySet(opened.wholeSet, { staticPolicies: whole }), pack.id)
  for (const [place, directive] of pack.directives.entries()) {
    const beside = effects[place] === 'forbid' ? { otherwise: OTHERWISE_PERMIT } : {}
    const staticPolicies = { ...beside, [directive.id]: directive.cedar }
    prepared(preparsePolicySet(aloneSet(directive.id), { staticPolicies }), directive.id)
  }
  return opened
}

/** Changes with any letter of any directive. */
export function packDigest(pack: Pack): string {
  const directives = pack.directives.map((directive) => ({ ...directive, sources: [...directive.sources] }))
  return sha256Hex(canonicalJson({ id: pack.id, schema: pack.schema, directives }))
}

function checkSchema(pack: Pack): void {
  const answer = checkParseSchema(pack.schema)
  if (answer.type === 'failure') invalid(pack.id, 'its schema cannot be read', answer.errors)
}

function checkDirective(directive: Directive): PolicyJson['effect'] {
  const answer = policyToJson(directive.cedar)
  if (answer.type === 'failure') return invalid(directive.id, 'it cannot be read', answer.errors)
  const { id, code } = answer.json.annotations ?? {}
  if (id !== directive.id || code !== directive.code) {
    return invalid(directive.id, `its annotations say ${id} and ${code}`, [])
  }
  return answer.json.effect
}

function checkSet(pack: Pack, staticPolicies: Record<string, string>, effects: readonly PolicyJson['effect'][]): void {
  if (Object.keys(staticPolicies).length !== pack.directives.length) invalid(pack.id, 'an id stands twice', [])
  if (!effects.includes('permit')) invalid(pack.id, 'nothing in it permits', [])
  const answer = validate({ schema: pack.schema, policies: { staticPolicies } })
  if (answer.type === 'failure') {
    invalid(pack.id, 'it cannot be checked', answer.errors)
  }
  const faults = [...answer.validationErrors, ...answer.validationWarnings]
  if (faults[0] !== undefined)
    invalid(
      faults[0].policyId,
      'it does not fit the schema',
      faults.map((f) => f.error),
    )
}

function prepared(answer: ReturnType<typeof preparseSchema>, what: string): void {
  if (answer.type === 'failure') invalid(what, 'it cannot be prepared', answer.errors)
}

type Fault = Pick<DetailedError, 'message' | 'help'>

function invalid(what: string, why: string, errors: readonly Fault[]): never {
  const details = errors.map(({ message, help }) => (help === null ? message : `${message}; ${help}`)).join('; ')
  throw new PolicyError('pack_invalid', `The directive or pack ${what} cannot be used: ${why}. ${details}`.trim())
}
