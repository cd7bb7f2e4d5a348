import { done, type Outcome, refuse } from '../base/index.ts'
import { seededRandom } from './figures/intervals.ts'
import type { LabelledPhoto } from './labelled-set.ts'

export type TrialsCode = 'nobody_with_two_photos' | 'left_out_unusable'

/** Which photographs are enrolled, which are searched with, and a sentence that says so. */
export interface Trials {
  readonly enrolled: readonly LabelledPhoto[]
  /** Probes of people who are enrolled. */
  readonly mated: readonly LabelledPhoto[]
  /** Probes of people who are not. */
  readonly nonMated: readonly LabelledPhoto[]
  /** People left out of the gallery on purpose; 0 where the list names the roles. */
  readonly leftOut: number
  readonly sentence: string
}

export interface TrialsOptions {
  /** People left out of the gallery: at least 1; unless told 400, and never more than a quarter of all people. */
  readonly leftOut?: number
  /** Same seed, same draw; 1 unless told. */
  readonly seed?: number
}

const LEFT_OUT = 400

/**
 * Parts a labelled set into searches. Where the list names roles they hold: `gallery` is enrolled, `probe` searched,
 * and a photograph of either role is enrolled when its person has none in the gallery. Otherwise some people, drawn by
 * the seed, are left out as non-mates, the first photograph of everybody else is enrolled and the others are probes.
 */
export function makeTrials(photos: readonly LabelledPhoto[], options: TrialsOptions = {}): Outcome<Trials, TrialsCode> {
  const people = Map.groupBy(photos, (photo) => photo.subject)
  const rolesNamed = photos.some((photo) => photo.role !== 'both')
  const trials = rolesNamed ? done(trialsByRole(people)) : trialsByDraw(people, options)
  if (!trials.ok || trials.value.mated.length > 0) return trials
  return nobodyWithTwo(people.size, rolesNamed)
}

type People = ReadonlyMap<string, readonly LabelledPhoto[]>

function trialsByRole(people: People): Trials {
  const parts = [...people.values()].map(partByRole)
  return {
    enrolled: parts.flatMap((part) => part.enrolled),
    mated: parts.flatMap((part) => (part.enrolled.length > 0 ? part.probes : [])),
    nonMated: parts.flatMap((part) => (part.enrolled.length > 0 ? [] : part.probes)),
    leftOut: 0,
    sentence:
      'The list names which photographs are enrolled and which are probes; probes of people who are not enrolled ' +
      'are the non-mated searches.',
  }
}

interface Part {
  readonly enrolled: readonly LabelledPhoto[]
  readonly probes: readonly LabelledPhoto[]
}

function partByRole(photos: readonly LabelledPhoto[]): Part {
  const named = photos.filter((photo) => photo.role === 'gallery')
  const free = photos.find((photo) => photo.role === 'both')
  const enrolled = named.length > 0 || free === undefined ? named : [free]
  return { enrolled, probes: photos.filter((photo) => photo.role !== 'gallery' && !enrolled.includes(photo)) }
}

function trialsByDraw(people: People, { leftOut, seed = 1 }: TrialsOptions): Outcome<Trials, 'left_out_unusable'> {
  const asked = leftOut ?? Math.min(LEFT_OUT, Math.floor(people.size / 4))
  const usable = Number.isInteger(asked) && asked >= (leftOut === undefined ? 0 : 1) && asked < people.size
  if (!usable) {
    const message = `${asked} people cannot be left out of ${people.size}.`
    return refuse('left_out_unusable', message, `Leave out 1 to ${people.size - 1} people, or say nothing.`)
  }
  const outside = new Set(draw([...people.keys()].sort(), asked, seed))
  const inside = [...people].filter(([subject]) => !outside.has(subject)).map(([, photos]) => photos)
  return done({
    enrolled: inside.flatMap((photos) => photos.slice(0, 1)),
    mated: inside.flatMap((photos) => photos.slice(1)),
    nonMated: [...people].filter(([subject]) => outside.has(subject)).flatMap(([, photos]) => photos),
    leftOut: asked,
    sentence:
      `The gallery holds the first photograph of each person; all further photographs of these people are mated ` +
      `probes. ${asked} people, drawn with seed ${seed}, were left out of the gallery: all their photographs are ` +
      `non-mated probes.`,
  })
}

/** The first `count` of a seeded shuffle (Fisher and Yates). */
function draw(names: readonly string[], count: number, seed: number): readonly string[] {
  const random = seededRandom(seed)
  const shuffled = [...names]
  for (let place = 0; place < count; place += 1) {
    const other = place + Math.floor(random() * (shuffled.length - place))
    const [here, there] = [shuffled[place] as string, shuffled[other] as string]
    shuffled[place] = there
    shuffled[other] = here
  }
  return shuffled.slice(0, count)
}

function nobodyWithTwo(people: number, rolesNamed: boolean): Outcome<never, 'nobody_with_two_photos'> {
  const message = rolesNamed
    ? 'No probe shows a person who is enrolled, so there is nobody to find again.'
    : `None of the ${people} people has a second photograph, so there is nobody to find again.`
  return refuse('nobody_with_two_photos', message, 'Add further photographs of people in the set.')
}
