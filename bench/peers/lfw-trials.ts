import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { personShown } from '../accuracy/lfw-labels.ts'

const LFW = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'lfw-view1')
const NON_MATES = 400
const SEED = 20_261_122

interface Probe {
  readonly person: string
  readonly file: string
}

interface Pair {
  readonly samePerson: boolean
  readonly files: readonly [string, string]
}

/** Which photographs are compared with which; the same for every pipeline. Files are paths below `images`. */
export interface LfwTrials {
  readonly files: readonly string[]
  /** The first photograph of everybody who is not left out. */
  readonly gallery: readonly Probe[]
  /** All further photographs of people in the gallery. */
  readonly mated: readonly Probe[]
  /** The people left out: one photograph each. */
  readonly nonMated: readonly Probe[]
  /** `pairsDevTrain`, on which the threshold of a verification is chosen. */
  readonly tuningPairs: readonly Pair[]
  /** `pairsDevTest`, on which it is tried. */
  readonly testPairs: readonly Pair[]
}

export function readPhotograph(file: string): Promise<Buffer> {
  return readFile(join(LFW, 'images', file))
}

/**
 * All of LFW View 1, or `people` drawn from it. Fewer people make an easier gallery: no figure to publish.
 * @param labelsSetRight whether plainly wrong labels are set right, for the searches (the pair lists stay as they are)
 */
export async function readLfwTrials(people = Number.POSITIVE_INFINITY, labelsSetRight = false): Promise<LfwTrials> {
  const names = shuffled((await readdir(join(LFW, 'images'))).sort()).slice(0, people)
  const labelled = await Promise.all(names.map(readPerson))
  const persons = labelsSetRight ? regrouped(labelled.flat()) : labelled
  const single = persons.filter((probes) => probes.length === 1)
  const nonMated = single.slice(0, Math.min(NON_MATES, Math.floor(single.length / 4))).flat()
  const leftOut = new Set(nonMated.map(({ person }) => person))
  const enrolled = persons.filter(([first]) => first && !leftOut.has(first.person))
  const files = persons.flatMap((probes) => probes.map(({ file }) => file))
  return {
    files: files.sort(),
    gallery: enrolled.flatMap((probes) => probes.slice(0, 1)),
    mated: enrolled.flatMap((probes) => probes.slice(1)),
    nonMated,
    tuningPairs: await readPairs('pairsDevTrain.txt', new Set(files)),
    testPairs: await readPairs('pairsDevTest.txt', new Set(files)),
  }
}

function regrouped(probes: readonly Probe[]): Probe[][] {
  const persons = new Map<string, Probe[]>()
  for (const { person: label, file } of probes) {
    const person = personShown(label, file)
    if (person !== null) persons.set(person, [...(persons.get(person) ?? []), { person, file }])
  }
  return [...persons.values()]
}

async function readPerson(person: string): Promise<Probe[]> {
  const names = (await readdir(join(LFW, 'images', person))).filter((name) => name.endsWith('.jpg')).sort()
  return names.map((name) => ({ person, file: `${person}/${name}` }))
}

/** Lines are `name 1 2` (same person) or `name 1 other 2`. */
async function readPairs(list: string, known: ReadonlySet<string>): Promise<Pair[]> {
  const lines = (await readFile(join(LFW, list), 'utf8')).split('\n').map((line) => line.trim().split('\t'))
  const pairs = lines.flatMap((words): Pair[] => {
    const [one = '', first = '', other = '', last] = words
    if (words.length < 3) return []
    if (last === undefined) return [{ samePerson: true, files: [fileOf(one, first), fileOf(one, other)] }]
    return [{ samePerson: false, files: [fileOf(one, first), fileOf(other, last)] }]
  })
  return pairs.filter(({ files }) => files.every((file) => known.has(file)))
}

function fileOf(person: string, number: string): string {
  return `${person}/${person}_${number.padStart(4, '0')}.jpg`
}

/** The same order on every machine: Fisher and Yates's shuffle with a small seeded generator. */
function shuffled(names: readonly string[]): string[] {
  const order = [...names]
  let state = SEED
  for (let place = order.length - 1; place > 0; place -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const other = Math.floor((state / 2 ** 32) * (place + 1))
    const name = order[place] ?? ''
    order[place] = order[other] ?? ''
    order[other] = name
  }
  return order
}
