import { readFile, realpath, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { done, type Outcome, refuse } from '../base/index.ts'
import { type LabelledSet, limitPeople } from './labelled-set.ts'
import { readPersonFolders } from './read-person-folders.ts'
import { readSetCsv, type SetCsvCode } from './read-set-csv.ts'

export type LabelledSetCode = 'folder_missing' | 'csv_missing' | 'csv_too_large' | 'no_images' | SetCsvCode

export interface LabelledSetInput {
  readonly folder: string
  /** A CSV that says who each photograph shows; without it every subfolder is one person. */
  readonly csv?: string
  /** Read the first so many people only, 1 or more. */
  readonly limit?: number
}

const MAX_CSV_BYTES = 64 * 1024 * 1024

/**
 * Reads a set of photographs whose people are known: a folder with one subfolder per person, or a folder and a CSV
 * (columns `file`, `subject`; optional `role`, `sex`, `age` or `birth_year` and `captured`, `race`). Lines that
 * cannot be used are named in `problems` and the others stay. No photograph is opened here.
 */
export async function readLabelledSet(input: LabelledSetInput): Promise<Outcome<LabelledSet, LabelledSetCode>> {
  const folder = await realpath(input.folder).catch(() => null)
  const found = folder === null ? null : await stat(folder).catch(() => null)
  if (folder === null || found?.isDirectory() !== true) {
    const remedy = 'Name a folder that holds one folder of photographs per person, or photographs and a CSV.'
    return refuse('folder_missing', `There is no folder ${input.folder}.`, remedy)
  }
  const read = input.csv === undefined ? done(await readPersonFolders(folder)) : await readCsvFile(folder, input.csv)
  if (!read.ok) return read
  const set = { name: basename(folder), ...read.value }
  return set.photos.length === 0 ? noImages(input, set) : done(limitPeople(set, input.limit ?? set.photos.length))
}

async function readCsvFile(folder: string, csv: string): ReturnType<typeof readSetCsv> {
  const found = await stat(csv).catch(() => null)
  if (found === null || !found.isFile()) {
    return refuse('csv_missing', `There is no CSV ${csv}.`, 'Correct the path given with --csv.') as never
  }
  if (found.size > MAX_CSV_BYTES) {
    return refuse('csv_too_large', 'The CSV is larger than 64 MB.', 'Split the set into several.') as never
  }
  return readSetCsv(folder, csv, await readFile(csv))
}

function noImages(input: LabelledSetInput, set: LabelledSet): Outcome<LabelledSet, 'no_images'> {
  const [first] = set.problems
  if (input.csv !== undefined && first !== undefined) {
    const message = `The CSV names no photograph that can be used; the first trouble: ${first.message}`
    return refuse('no_images', message, first.remedy, { where: first.where ?? input.csv })
  }
  return refuse(
    'no_images',
    `The folder ${input.folder} holds no JPEG or PNG in a subfolder.`,
    'Make one subfolder per person with that person’s photographs, or give a CSV with --csv.',
  )
}
