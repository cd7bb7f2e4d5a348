import type { SearchRecord } from './candidate-list.ts'

const COUNT = new Intl.NumberFormat('en-US')

/**
 * How much was compared, what it was narrowed to, and whether the list is proved to be the exact one.
 * @param narrowed what the request narrowed its search to, for people; null when it did not
 */
export function searchSentence(search: Pick<SearchRecord, 'searched' | 'proof'>, narrowed: string | null): string {
  const { searched, proof } = search
  const what = narrowed === null ? '' : `: ${narrowed}`
  if (proof === null) return `Searched ${photographs(searched)}${what}.`
  const amount =
    proof.enrolled === searched ? photographs(searched) : `${COUNT.format(searched)} of ${photographs(proof.enrolled)}`
  return `Searched ${amount}${what}. The list is proved exact over ${photographs(searched)}.`
}

function photographs(count: number): string {
  return `${COUNT.format(count)} ${count === 1 ? 'photograph' : 'photographs'}`
}
