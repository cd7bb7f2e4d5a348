import type { Choice } from '../api/types.ts'

/** Those whose label holds every word typed, the ones that begin with it first; all of them for an empty text. */
export function filterChoices(choices: readonly Choice[], text: string): readonly Choice[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  const found = choices.filter((choice) => words.every((word) => fold(choice.label).includes(word)))
  const first = words[0] ?? ''
  const begins = (choice: Choice) => Number(!fold(choice.label).startsWith(first))
  return found.toSorted((a, b) => begins(a) - begins(b))
}

/** The choice whose whole label was typed. */
export function exactChoice(choices: readonly Choice[], text: string): Choice | undefined {
  return choices.find((choice) => fold(choice.label) === fold(text))
}

function fold(text: string): string {
  return text.trim().toLocaleLowerCase('en')
}
