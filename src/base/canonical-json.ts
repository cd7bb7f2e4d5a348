import canonicalize from 'canonicalize'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/**
 * The one byte form of a JSON value (RFC 8785): what is hashed, signed and compared.
 * @throws TypeError on NaN, infinities or a value that JSON cannot carry.
 */
export function canonicalJson(value: JsonValue): string {
  const text = (canonicalize as unknown as (input: unknown) => string | undefined)(value)
  if (text === undefined) throw new TypeError('This value has no JSON form.')
  return text
}
