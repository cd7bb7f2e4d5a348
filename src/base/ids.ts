import { randomBytes } from 'node:crypto'

/** Makes record ids, injected so that tests are exact. */
export interface Ids {
  /** An opaque, time-ordered id such as `req_0k3v9m2x7c4h8t5w1q6z`: prefix, `_`, 20 base-32 digits. */
  next(prefix: string): string
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export const randomIds: Ids = {
  next: (prefix) => `${prefix}_${timePart(Date.now())}${randomPart()}`,
}

/** Ids that count from 1; for tests. */
export function countingIds(): Ids {
  let count = 0
  return {
    next: (prefix) => {
      count += 1
      return `${prefix}_${String(count).padStart(20, '0')}`
    },
  }
}

/** True for any text this module could have made with that prefix. */
export function isId(prefix: string, text: string): boolean {
  return new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{20}$`).test(text)
}

function timePart(milliseconds: number): string {
  let rest = milliseconds
  let digits = ''
  for (let place = 0; place < 9; place += 1) {
    digits = ALPHABET.charAt(rest % 32) + digits
    rest = Math.floor(rest / 32)
  }
  return digits
}

/** 11 digits, 55 bits: ids made in one millisecond on one server do not meet. */
function randomPart(): string {
  return Array.from(randomBytes(11), (byte) => ALPHABET.charAt(byte & 31)).join('')
}
