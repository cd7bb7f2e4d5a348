import type { Groups } from './figures/searches.ts'
import { ageBand, type PhotoRole } from './labelled-set.ts'

/** What one line of a labelled set says. */
export interface SetRow {
  readonly file: string
  readonly subject: string
  readonly role: PhotoRole
  readonly groups: Groups
}

/** What is wrong with a line; `column` is null when the line as a whole is. */
export interface CellFault {
  readonly code: string
  readonly column: string | null
  readonly message: string
  readonly remedy: string
}

type Cells = Readonly<Record<string, string>>

const ROLES: Readonly<Record<string, PhotoRole>> = { '': 'both', gallery: 'gallery', probe: 'probe', both: 'both' }
const SEXES: Readonly<Record<string, string>> = { f: 'F', female: 'F', m: 'M', male: 'M', x: 'X' }
const MAX_TEXT = 200
const MAX_AGE = 120

/** Reads the cells of one line. Sex, age and race are optional: an empty cell, or `U` for sex, leaves the person out of that table. */
export function readSetRow(cells: Cells): SetRow | CellFault {
  const file = (cells.file ?? '').replaceAll('\\', '/')
  const subject = cells.subject ?? ''
  const role = ROLES[(cells.role ?? '').toLowerCase()]
  if (file === '') return fault('file', 'The line names no file.', 'Write the path of the photograph.')
  if (subject === '') return fault('subject', 'The line does not say whom it shows.', 'Write a label of the person.')
  if (subject.length > MAX_TEXT) {
    return fault('subject', `The label is longer than ${MAX_TEXT} characters.`, 'Use a shorter one.')
  }
  if (role === undefined) {
    return fault('role', `The role "${cells.role}" is unknown.`, 'Write gallery, probe or both, or leave it empty.')
  }
  const groups = readGroups(cells)
  return 'code' in groups ? groups : { file, subject, role, groups }
}

function readGroups(cells: Cells): Groups | CellFault {
  const sex = (cells.sex ?? '').toLowerCase()
  const race = cells.race ?? ''
  const known = sex === '' || sex === 'u' || SEXES[sex] !== undefined
  if (!known) return fault('sex', `The sex "${cells.sex}" is unknown.`, 'Write F, M, X or U, or leave it empty.')
  if (race.length > 60) return fault('race', 'The race is longer than 60 characters.', 'Use the code of the source.')
  const age = readAge(cells)
  if (typeof age === 'object' && age !== null) return age
  const recordedSex = SEXES[sex]
  return {
    ...(recordedSex !== undefined && { sex: recordedSex }),
    ...(age !== null && { ageBand: ageBand(age) }),
    ...(race !== '' && { race }),
  }
}

/** Age in whole years: as written, or the year of capture less the year of birth; null when the line says neither. */
function readAge(cells: Cells): number | null | CellFault {
  const { age = '', birth_year: birth = '', captured = '' } = cells
  if (age !== '') {
    const years = Number(age)
    if (/^\d+(\.\d+)?$/.test(age) && years <= MAX_AGE) return Math.floor(years)
    return fault('age', `The age "${age}" is no number from 0 to ${MAX_AGE}.`, 'Write it in years.')
  }
  if (birth === '' || captured === '') return null
  if (!/^\d{4}$/.test(birth)) return fault('birth_year', `"${birth}" is no year.`, 'Write four digits, such as 1988.')
  const year = /^(\d{4})(-\d{2}(-\d{2})?)?$/.exec(captured)?.[1]
  if (year === undefined) {
    return fault('captured', `"${captured}" is no day.`, 'Write a year or an ISO day, such as 2024-05-31.')
  }
  const years = Number(year) - Number(birth)
  if (years >= 0 && years <= MAX_AGE) return years
  return fault('birth_year', `Born in ${birth}, photographed in ${year}: that is no age.`, 'Correct one of the two.')
}

function fault(column: string, message: string, remedy: string): CellFault {
  return { code: `${column}_unusable`, column, message, remedy }
}
