/**
 * Says how many innocent people a search brings at a similarity score (cosine) or above, with the
 * wording of a bound where the score lies beyond what was measured. Never a share, never a certainty.
 * @param expected people, N x FMR(score)
 * @param floor the score lies above the measured range, so `expected` is only an upper bound; no list goes below the
 *   range, since policy refuses a similarity floor there
 */
export function expectedSentence(searched: number, expected: number, floor: boolean): string {
  const photographs = new Intl.NumberFormat('en-US').format(searched)
  const amount =
    expected < SMALLEST ? `fewer than ${SMALLEST}` : `${floor ? 'fewer than' : 'about'} ${amountText(expected)}`
  const opening = `Of the ${photographs} photographs searched, ${amount} innocent people are expected to reach this candidate’s score or a higher one by resemblance alone.`
  const limit = ' The score lies beyond what has been measured, so this figure is only a limit.'
  return `${opening}${floor ? limit : ''} ${CAVEAT}`
}

/** Below this a figure would claim more than the measurement can carry. */
const SMALLEST = 0.001

const CAVEAT =
  'The figure comes from photographs of other people, taken under better conditions than most probes; relatives, look-alikes and people of the same sex, age or origin raise it.'

function amountText(expected: number): string {
  if (expected >= 10) return new Intl.NumberFormat('en-US').format(Math.round(expected))
  if (expected >= 1) return expected.toFixed(1)
  return String(Number(expected.toPrecision(1)))
}
