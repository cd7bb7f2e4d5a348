/** Who is enrolled and who is searched for in the bench of degradations. */
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'

export const DATA: string = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data')
/** People of LFW with one photograph who are kept out of the gallery, as non-mates. */
const LEFT_OUT = 400

export interface Photograph {
  readonly person: string
  readonly path: string
}

/** A search may be non-mated because the person is left out of the gallery, here or for that search alone. */
export interface Trials {
  readonly title: string
  readonly gallery: readonly Photograph[]
  readonly mated: readonly Photograph[]
  readonly nonMated: readonly Photograph[]
}

/** Neutral portraits and officials as gallery; smiling ones as probes; every gallery photograph, its own entry set aside, as non-mate. */
export async function frllTrials(mostProbes: number, mostPeople: number): Promise<Trials> {
  const photographs = async (folder: string, ending: string) => {
    const names = (await readdir(join(DATA, folder))).filter((name) => name.endsWith(ending)).sort()
    return names.map((name) => ({ person: name.replace(/(_\d\d)?\.jpg$/, ''), path: join(DATA, folder, name) }))
  }
  const neutral = await photographs('frll-600', '_03.jpg')
  const gallery = [...neutral, ...(await photographs('us-officials-256', '.jpg'))].slice(0, mostPeople)
  const enrolled = new Set(gallery.map(({ person }) => person))
  const smiling = (await photographs('frll-600', '_08.jpg')).filter(({ person }) => enrolled.has(person))
  return { title: 'FRLL and officials', gallery, mated: spaced(smiling, mostProbes), nonMated: gallery }
}

/** The first photograph of each person as gallery, the second as probe; some people with one photograph as non-mates. */
export async function lfwTrials(mostProbes: number, mostPeople: number): Promise<Trials> {
  const folder = join(DATA, 'lfw-view1', 'images')
  const [first, second, single]: [Photograph[], Photograph[], Photograph[]] = [[], [], []]
  for (const person of (await readdir(folder)).sort()) {
    const [one, two] = (await readdir(join(folder, person))).sort()
    if (one === undefined) continue
    const photograph = { person, path: join(folder, person, one) }
    if (two === undefined) single.push(photograph)
    else {
      first.push(photograph)
      second.push({ person, path: join(folder, person, two) })
    }
  }
  const nonMated = spaced(single, Math.min(LEFT_OUT, mostPeople))
  const gallery = [...first, ...single.filter((photograph) => !nonMated.includes(photograph))].slice(0, mostPeople)
  const enrolled = new Set(gallery.map(({ person }) => person))
  const mated = spaced(
    second.filter(({ person }) => enrolled.has(person)),
    mostProbes,
  )
  return { title: 'LFW View 1', gallery, mated, nonMated }
}

/** At most so many, evenly over the whole list. */
function spaced<Item>(items: readonly Item[], most: number): readonly Item[] {
  const count = Math.min(most, items.length)
  return Array.from({ length: count }, (_, place) => items[Math.floor((place * items.length) / count)] as Item)
}
