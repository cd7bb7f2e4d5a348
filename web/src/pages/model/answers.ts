import type { CardEvaluation, GroupAxis, ModelCard } from '../../api/types.ts'
import { counted, formatCount, formatDay } from '../../components/moment.tsx'
import { amount, interval, outOf, score, share } from './numbers.ts'

/** One of the questions that the first screen answers. */
export interface Answer {
  readonly question: string
  /** Short and large; a rate of searches, never a similarity score in hundredths. */
  readonly value: string
  readonly sentences: readonly string[]
}

/** A gallery of a size that people can picture. */
const EXAMPLE_GALLERY = 10_000

/** The questions that somebody asks who has one minute. */
export function answersOf(card: ModelCard, shown: CardEvaluation | null): readonly Answer[] {
  if (shown === null) return [which(card)]
  return [which(card), misses(card, shown), innocents(card, shown), measuredOn(shown), notFor(shown)]
}

function which({ model, origin, operatingPoint }: ModelCard): Answer {
  const brought = origin === 'built_in' ? 'Built in.' : 'Brought by this bureau.'
  return {
    question: 'Which model searches?',
    value: model.id,
    sentences: [
      `${brought} Nobody below a similarity score of ${score(operatingPoint.similarityFloor)} is listed.`,
      sinceWhen(operatingPoint),
    ],
  }
}

function sinceWhen({ since, change }: ModelCard['operatingPoint']): string {
  if (since === null) return 'This is the default of this version; nobody changed it.'
  const by = change === null ? 'with a new version of the product' : 'after two people approved the change'
  return `In force since ${formatDay(since)}, ${by}.`
}

function misses({ operatingPoint }: ModelCard, { figures, atFloor }: CardEvaluation): Answer {
  const first = figures.cmc[0]
  const question = 'How often does it miss?'
  if (first === undefined)
    return { question, value: 'Unknown', sentences: ['No search for an enrolled person was made.'] }
  const { errors, trials } = first
  const ends = interval({ low: 1 - first.high, high: 1 - first.low })
  const atAll =
    atFloor === null
      ? []
      : [
          `With the floor in force (${score(operatingPoint.similarityFloor)}), up to ${share(atFloor.fnir)} did not come up at all.`,
        ]
  return {
    question,
    value: share(trials === 0 ? null : errors / trials),
    sentences: [
      `of searches for somebody enrolled did not put that person first: ${outOf(first)} (${ends}).`,
      ...atAll,
    ],
  }
}

function innocents({ operatingPoint, calibration }: ModelCard, { figures, atFloor }: CardEvaluation): Answer {
  const expected = expectedAt(calibration.points, operatingPoint.similarityFloor, EXAMPLE_GALLERY)
  const general =
    expected === null
      ? []
      : [
          `In a gallery of ${formatCount(EXAMPLE_GALLERY)}, expect ${expected.atMost ? 'up to' : 'at least'} ` +
            `${amount(expected.people)} innocent people at the floor or above.`,
        ]
  const question = 'How often does it list innocents?'
  if (figures.protocol.nonMatedSearches === 0) {
    const none = 'In this set everybody is enrolled, so no search could show it.'
    return { question, value: 'Unknown', sentences: [none, ...general] }
  }
  if (!atFloor || atFloor.fpir === null) return { question, value: 'Unknown', sentences: general }
  const searched = formatCount(figures.protocol.enrolled)
  return {
    question,
    value: `up to ${share(atFloor.fpir)}`,
    sentences: [`of searches for somebody not enrolled, among ${searched} people, still list somebody.`, ...general],
  }
}

function measuredOn({ figures, origin }: CardEvaluation): Answer {
  const { set, protocol, madeAt } = figures
  const sizes = `${counted(set.photographs, 'photograph', 'photographs')} of ${counted(set.people, 'person', 'people')}`
  return {
    question: 'Measured on what, and when?',
    value: set.name,
    sentences: [
      `${sizes}; ${formatCount(protocol.enrolled)} enrolled.`,
      `${formatDay(madeAt)}, ${origin === 'shipped' ? 'with this version of the product' : 'attached by an administrator'}.`,
    ],
  }
}

const AXES = [
  { axis: 'sex', word: 'sex' },
  { axis: 'ageBand', word: 'age' },
  { axis: 'race', word: 'race' },
] as const

/** What nothing is known about: axes that nobody recorded, and groups that are too small. */
function notFor({ figures }: CardEvaluation): Answer {
  const missing = AXES.filter(({ axis }) => !figures.groups.some((one) => one.axis === axis)).map(({ word }) => word)
  const small = figures.groups.flatMap(suppressedGroups)
  const sentences = [
    ...(missing.length === 0 ? [] : [`The set does not record ${listed(missing)}: no difference is known.`]),
    ...(small.length === 0 ? [] : [`Too few to state: ${listed(small)}.`]),
    'Probes unlike these photographs (darker, smaller, more turned, older) are missed more often.',
  ]
  const value = missing.length === AXES.length ? 'Every group' : `${small.length + missing.length} gaps named`
  return { question: 'For whom is it not measured?', value, sentences }
}

const AXIS_TITLES: Readonly<Record<string, string>> = {
  sex: 'Sex, as recorded',
  ageBand: 'Age in the photograph, as recorded',
  race: 'Race, as recorded',
  skin: 'Luminance of the face, as measured on the photograph',
}

/** What an axis is called. */
export function axisTitle(axis: string): string {
  return AXIS_TITLES[axis] ?? axis
}

/** A group as its source names it, readable. */
export function groupName(group: string): string {
  return group.replaceAll('_', ' ')
}

/** Groups that have no rate on one side at least. */
export function suppressedGroups({ rows }: GroupAxis): readonly string[] {
  return rows
    .filter(({ missed, listed: named }) => missed?.rate === null || named?.rate === null)
    .map(({ group }) => groupName(group))
}

/**
 * N x FMR at the nearest measured score at or below, so never too few; below all of them, at least so many.
 * Null when nothing was measured.
 */
export function expectedAt(
  points: ModelCard['calibration']['points'],
  similarity: number,
  searched: number,
): { readonly people: number; readonly atMost: boolean } | null {
  const below = points.findLast((point) => point.score <= similarity)
  const first = points[0]
  if (first === undefined) return null
  return { people: searched * (below ?? first).fmr, atMost: below !== undefined }
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
