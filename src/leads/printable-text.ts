/** What the sheet's font has a shape for: Latin letters of Europe and Vietnam, digits, common signs. */
const SHAPES =
  '\\n\\t\\u0020-\\u007e\\u00a0-\\u0131\\u0134-\\u0148\\u014a-\\u017e\\u01fa-\\u021b\\u1ea0-\\u1ef9\\u2013\\u2014' +
  '\\u2018-\\u201a\\u201c-\\u201e\\u2020-\\u2022\\u2026\\u2030\\u2039\\u203a\\u2044\\u20ac\\u2116\\u2122\\u2212' +
  '\\u2248\\u2260\\u2264\\u2265'
/** A stretch without a shape, with the blanks inside it. */
const SHAPELESS = new RegExp(`[^${SHAPES}]+(?: +[^${SHAPES}]+)*`, 'gu')
/** Characters that only steer other text, such as the direction of writing: they must not reach a printer. */
const STEERING = /[\p{Cc}\p{Cf}]/gu

/** Stretches without a blank that may not fit the narrowest column: small letters are narrower than all else. */
const LONG = /\S{21,}|(?=\S*[^a-z\s]\S*[^a-z\s])\S{17,}/gu
/** How far apart such a stretch may break. */
const STEP = 4
/** Ids of records and digests have their own room on the sheet and must be found whole. */
const WHOLE = /^(?:[a-z]+_[0-9a-z]{20}|[0-9a-f]{64})$/

const BREAK = '\u200b'

/** Stands where the sheet has no letters for what was written. */
export const REPLACED = /\[\d+ characters? not printed\]/

/**
 * Text as the sheet can print it: what the font cannot show is replaced by a note of how much it was, and
 * a long stretch without blanks may break, so that nothing runs off the page or vanishes silently.
 */
export function printableText(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll(STEERING, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .replaceAll(SHAPELESS, notPrinted)
    .replaceAll(LONG, breakable)
}

/** Every text in a value made of records and lists. */
export function printable<T>(value: T): T {
  if (typeof value === 'string') return printableText(value) as T
  if (Array.isArray(value)) return value.map(printable) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printable(inner)])) as T
}

function notPrinted(run: string): string {
  const count = [...run].length
  return `[${count} character${count === 1 ? '' : 's'} not printed]`
}

function breakable(run: string): string {
  if (WHOLE.test(run)) return run
  return run.match(new RegExp(`.{1,${STEP}}`, 'gsu'))?.join(BREAK) ?? run
}
