import { parseWitnessKey, type WitnessKey } from './tlog/index.ts'

/** Where a witness is, and its key as the witness itself gave it. */
export interface WitnessPlace {
  readonly url: string
  readonly key: WitnessKey
  /** The size it cosigned last, as far as known: it spares one question. */
  readonly size?: number
}

/** The witnesses that a log asks. */
export interface Witnesses {
  readonly places: readonly WitnessPlace[]
  /** How many of them must have cosigned; 0 to all. */
  readonly needed: number
  /** The least time between two rounds of questions; 10 s unless told. */
  readonly everyMs?: number
}

/** More would make every checkpoint long; a note has at most 100 signatures. */
const MOST_WITNESSES = 20

/**
 * Reads `<url> <verifier key>` pairs, separated by commas.
 * @returns the witnesses, or what is wrong, as words that follow a name: `must ...`
 */
export function readWitnesses(text: string): readonly WitnessPlace[] | string {
  const pairs = text.split(',').map((pair) => pair.trim().split(/\s+/))
  if (pairs.length > MOST_WITNESSES) return `must name at most ${MOST_WITNESSES} witnesses`
  const places: WitnessPlace[] = []
  for (const [url = '', text = '', ...more] of pairs) {
    const nth = places.length + 1
    if (text === '' || more.length > 0) return 'must be pairs of an address and a verifier key, separated by commas'
    if (!isAddress(url))
      return `must have addresses that begin with https:// or http:// and hold no password; number ${nth} does not`
    const key = parseWitnessKey(text)
    if (key === null) return `must have the verifier keys that the witnesses print; number ${nth} is none`
    if (places.some((place) => place.key.publicKey === key.publicKey)) return `must name the key of ${key.name} once`
    places.push({ url, key })
  }
  return places
}

function isAddress(url: string): boolean {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return false
  const { username, password, search, hash } = new URL(url)
  return `${username}${password}${search}${hash}` === ''
}
