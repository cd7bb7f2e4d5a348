import type { RowFacts } from '../coarse-index.ts'
import type { ChangedRow } from './change-page.ts'
import { isoDay } from './filter-condition.ts'

/** What follows `ALTER TABLE ...` to give rows new facts: one mutation for all of them; vectors are not written anew. */
export function updateCommand(rows: readonly ChangedRow[]): string {
  const seqs = rows.map(({ seq }) => seq).join(', ')
  const column = (name: string, type: string, none: string, write: (facts: RowFacts) => string) => {
    const values = rows.map(({ facts }) => write(facts)).join(', ')
    return `${name} = CAST(transform(seq, [${seqs}], [${values}], ${none}), '${type}')`
  }
  const columns = [
    column('source', 'UInt16', '0', ({ source }) => String(source)),
    column('booked_at', 'Date32', "'1970-01-01'", ({ bookedAt }) => `'${isoDay(bookedAt)}'`),
    column('birth_year', 'UInt16', '0', ({ birthYear }) => String(birthYear ?? 0)),
    column('sex', "Enum8(\\'U\\' = 0, \\'F\\' = 1, \\'M\\' = 2, \\'X\\' = 3)", "'U'", ({ sex }) => `'${sex}'`),
    column('sealed', 'UInt8', '0', ({ sealed }) => (sealed ? '1' : '0')),
  ]
  return `UPDATE ${columns.join(', ')} WHERE seq IN (${seqs})`
}
