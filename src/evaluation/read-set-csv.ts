import { realpath, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, sep } from 'node:path'
import { done, type Outcome, type Problem, refuse } from '../base/index.ts'
import { type CsvRow, splitCsv } from './csv-rows.ts'
import type { LabelledPhoto } from './labelled-set.ts'
import type { FolderContents } from './read-person-folders.ts'
import { type CellFault, readSetRow, type SetRow } from './read-set-row.ts'

export type SetCsvCode = 'csv_unreadable' | 'csv_column_missing'

/** Columns that a CSV of a labelled set must have; `OPTIONAL_COLUMNS` may stand beside, all others are passed over. */
export const REQUIRED_COLUMNS = ['file', 'subject'] as const
export const OPTIONAL_COLUMNS = ['role', 'sex', 'age', 'birth_year', 'captured', 'race'] as const

/** Reads the lines of a labelled set; a bad line is a problem with its place, the others stay. */
export async function readSetCsv(
  folder: string,
  csv: string,
  bytes: Uint8Array,
): Promise<Outcome<FolderContents, SetCsvCode>> {
  const text = decode(bytes)
  if (text === null) return unreadable(csv)
  const { header, rows } = splitCsv(text)
  const missing = REQUIRED_COLUMNS.filter((column) => !header.includes(column))
  if (missing.length > 0) {
    const remedy = `Its first line must name ${REQUIRED_COLUMNS.join(' and ')}; ${OPTIONAL_COLUMNS.join(', ')} may stand beside.`
    const where = `${basename(csv)}, line 1`
    return refuse('csv_column_missing', `The CSV has no column ${missing.join(', ')}.`, remedy, { where })
  }
  const photos: LabelledPhoto[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const read = await readLine(folder, row, seen)
    if ('photo' in read) photos.push(read.photo)
    else problems.push(problemAt(csv, row.line, read))
  }
  return done({ photos, problems })
}

async function readLine(
  folder: string,
  row: CsvRow,
  seen: Set<string>,
): Promise<CellFault | { readonly photo: LabelledPhoto }> {
  if (row.cells === null) {
    const message = 'The line has another number of cells than the first line, or a wrong quote.'
    return { code: 'line_unreadable', column: null, message, remedy: 'Write one cell for each column.' }
  }
  const read = readSetRow(row.cells)
  if ('code' in read) return read
  if (seen.has(read.file)) return fileFault('file_repeated', `The file ${read.file} stands on an earlier line.`)
  seen.add(read.file)
  return findPhoto(folder, read)
}

/** Nothing outside the folder is read, be it by `..` or through a link. */
async function findPhoto(folder: string, row: SetRow): Promise<CellFault | { readonly photo: LabelledPhoto }> {
  const outside = fileFault('file_outside_folder', `The file ${row.file} is outside the folder.`)
  if (isAbsolute(row.file) || row.file.split('/').includes('..') || row.file.includes('\0')) return outside
  const path = await realpath(join(folder, row.file)).catch(() => null)
  if (path !== null && !path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return outside
  if (path === null || (await stat(path)).isFile() === false) {
    return fileFault('file_missing', `There is no file ${row.file} in the folder.`)
  }
  return { photo: { ...row, path } }
}

function fileFault(code: string, message: string): CellFault {
  return { code, column: 'file', message, remedy: 'Name a photograph in the folder, each once.' }
}

function problemAt(csv: string, line: number, { code, column, message, remedy }: CellFault): Problem {
  const where = [basename(csv), `line ${line}`, ...(column === null ? [] : [`column ${column}`])].join(', ')
  return { kind: 'refusal', code, message, remedy, where }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function unreadable(csv: string): Outcome<never, SetCsvCode> {
  const remedy = 'Save it as "CSV UTF-8" and try again.'
  return refuse('csv_unreadable', 'The CSV is not UTF-8 text.', remedy, { where: basename(csv) })
}
