import type { Actor } from '../access/index.ts'
import { type Outcome, type Problem, refuse } from '../base/index.ts'
import type { BookingInput, Sex } from './booking.ts'
import { enrolBooking } from './enrol-booking.ts'
import { readFolderImage } from './folder-image.ts'
import type { LineCode, LineReport } from './folder-report.ts'
import { CSV_COLUMNS, type CsvColumn, type CsvLine } from './formats/csv.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { recordRefusal } from './record-refusal.ts'

interface LineInput {
  readonly source: string
  /** Real path. */
  readonly folder: string
  readonly line: CsvLine
}

/** Enrols the image that one line of a CSV names; a refusal says the line and the column. */
export async function enrolLine(deps: GalleryDeps, actor: Actor, input: LineInput): Promise<LineReport> {
  const { line, cells } = input.line
  const image = cells === null ? unreadable() : await readFolderImage(input.folder, cells.image)
  if (cells === null || !image.ok) {
    const problem = image.ok ? unreadable().problem : image.problem
    await recordRefusal(deps, actor, { source: input.source, code: problem.code, line })
    return { line, state: 'refused', problem: onLine(line, cells === null ? null : 'image', problem) }
  }
  const booking = bookingOfCells(input.source, line, cells, image.value)
  const outcome = await enrolBooking(deps, actor, booking)
  if (!outcome.ok) {
    return { line, state: 'refused', problem: onLine(line, columnOf(outcome.problem.where), outcome.problem) }
  }
  const state = outcome.value.state === 'enrolled' ? 'enrolled' : 'known'
  return { line, state, booking: outcome.value.booking.id }
}

function bookingOfCells(
  source: string,
  line: number,
  cells: Readonly<Record<CsvColumn, string>>,
  image: Uint8Array,
): BookingInput {
  return {
    source,
    bookingNumber: cells.booking_number,
    personKey: cells.person_key,
    bookedAt: cells.booked_at,
    capturedAt: cells.captured_at,
    // What is not four digits becomes NaN, and is refused with the other fields.
    birthYear:
      cells.birth_year === '' ? null : /^\d{4}$/.test(cells.birth_year) ? Number(cells.birth_year) : Number.NaN,
    sex: cells.sex.toUpperCase() as Sex,
    chargeUcr: cells.charge_ucr === '' ? null : cells.charge_ucr,
    image,
    line,
  }
}

const COLUMN_OF_FIELD: Readonly<Record<string, CsvColumn>> = {
  bookingNumber: 'booking_number',
  personKey: 'person_key',
  bookedAt: 'booked_at',
  capturedAt: 'captured_at',
  birthYear: 'birth_year',
  sex: 'sex',
  chargeUcr: 'charge_ucr',
}

function columnOf(field: string | undefined): CsvColumn {
  return COLUMN_OF_FIELD[field ?? ''] ?? 'image'
}

function onLine<C extends LineCode>(line: number, column: CsvColumn | null, problem: Problem<C>): Problem<LineCode> {
  const where = column === null ? `line ${line}` : `line ${line}, ${column}`
  return { ...problem, where, facts: { ...problem.facts, line, ...(column === null ? {} : { column }) } }
}

function unreadable(): Extract<Outcome<never, 'line_unreadable'>, { ok: false }> {
  return refuse(
    'line_unreadable',
    'The line does not have as many cells as the header, or a quote in it is not closed.',
    `Give every line the cells ${CSV_COLUMNS.join(', ')}.`,
  )
}
