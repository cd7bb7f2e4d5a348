import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CSV_COLUMNS } from './formats/csv.ts'

/** The header of a booking CSV. */
export const HEADER = CSV_COLUMNS.join(',')

/** A good line of a booking CSV about one person, unless `change` spoils it. */
export const line = (name: string, change: Partial<Record<(typeof CSV_COLUMNS)[number], string>> = {}) => {
  const cells = {
    booking_number: `B-${name}`,
    person_key: name,
    booked_at: '2024-05-31',
    birth_year: '1990',
    sex: 'f',
    charge_ucr: '',
    image: `${name}.jpg`,
    captured_at: '2024-05-30',
  }
  return CSV_COLUMNS.map((column) => ({ ...cells, ...change })[column]).join(',')
}

/** Writes `bookings.csv` and one image per name into the folder. */
export const write = async (
  folder: string,
  lines: readonly string[],
  images: readonly string[] = ['ada', 'bea', 'cyd', 'dot'],
) => {
  await writeFile(join(folder, 'bookings.csv'), `${[HEADER, ...lines].join('\n')}\n`)
  for (const name of images) await writeFile(join(folder, `${name}.jpg`), `PERSON:${name}:1`)
}
