import { CsvError, parse } from 'csv-parse/sync'
import { done, type Outcome, refuse } from '../../base/index.ts'

/** What the header of a booking CSV must name, in any order; other columns are ignored. */
export const CSV_COLUMNS = [
  'booking_number',
  'person_key',
  'booked_at',
  'birth_year',
  'sex',
  'charge_ucr',
  'image',
  'captured_at',
] as const

export type CsvColumn = (typeof CSV_COLUMNS)[number]

/** One line after the header; `line` counts from 1, the header included. `cells` is null when it cannot be split. */
export interface CsvLine {
  readonly line: number
  readonly cells: Readonly<Record<CsvColumn, string>> | null
}

interface Split {
  readonly line: number
  readonly cells: readonly string[] | null
}

/**
 * Reads a booking CSV (RFC 4180, UTF-8, comma). A line whose quotes or number of cells are wrong costs that line alone.
 * Refused as a whole: text that is not UTF-8, and a header without the columns.
 */
export function readBookingCsv(
  bytes: Uint8Array,
): Outcome<readonly CsvLine[], 'csv_unreadable' | 'csv_column_missing'> {
  const text = decode(bytes)
  if (text === null) {
    return refuse('csv_unreadable', 'The CSV is not UTF-8 text.', 'Save it as "CSV UTF-8" and try again.')
  }
  const [header, ...rest] = splitWhole(text) ?? splitByLine(text)
  const names = (header?.cells ?? []).map((name) => name.trim().toLowerCase())
  const missing = CSV_COLUMNS.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    return refuse(
      'csv_column_missing',
      `The CSV has no column ${missing.join(', ')}.`,
      `Its first line must name ${CSV_COLUMNS.join(', ')}.`,
      { where: 'line 1', facts: { missing } },
    )
  }
  return done(rest.map((split) => ({ line: split.line, cells: nameCells(names, split.cells) })))
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch {
    return null
  }
}

/** All records at once, quoted line breaks included; null when a quote is wrong anywhere. */
function splitWhole(text: string): readonly Split[] | null {
  try {
    const options = { info: true, relax_column_count: true, skip_empty_lines: true } as const
    const found = parse(text, options) as unknown as readonly { record: string[]; info: { lines: number } }[]
    return found.map(({ record, info }) => ({ line: info.lines - lineBreaks(record), cells: record }))
  } catch (error) {
    if (error instanceof CsvError) return null
    throw error
  }
}

/** Line by line, so that a wrong quote does not swallow the lines after it. */
function splitByLine(text: string): readonly Split[] {
  return text.split('\n').flatMap((content, at) => {
    if (content === '') return []
    const split = splitWhole(content)
    return [{ line: at + 1, cells: split?.[0]?.cells ?? null }]
  })
}

function lineBreaks(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

function nameCells(names: readonly string[], cells: readonly string[] | null): CsvLine['cells'] {
  if (cells === null || cells.length !== names.length) return null
  const named = CSV_COLUMNS.map((column) => [column, cells[names.indexOf(column)]?.trim() ?? ''] as const)
  return Object.fromEntries(named) as Record<CsvColumn, string>
}
