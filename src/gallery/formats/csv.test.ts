import { describe, expect, it } from 'vitest'
import { CSV_COLUMNS, readBookingCsv } from './csv.ts'

const HEADER = CSV_COLUMNS.join(',')
const LINE = 'B-1,ada,2024-05-31,1990,F,13A,ada.jpg,2024-05-30'
const CELLS = {
  booking_number: 'B-1',
  person_key: 'ada',
  booked_at: '2024-05-31',
  birth_year: '1990',
  sex: 'F',
  charge_ucr: '13A',
  image: 'ada.jpg',
  captured_at: '2024-05-30',
}

const read = (text: string | Uint8Array) => {
  return readBookingCsv(typeof text === 'string' ? new TextEncoder().encode(text) : text)
}
const linesOf = (text: string) => {
  const lines = read(text)
  if (!lines.ok) throw new Error(lines.problem.message)
  return lines.value.map(({ line, cells }) => [line, cells?.person_key ?? null])
}

describe('readBookingCsv', () => {
  it('names the cells of each line', () => {
    expect(read(`${HEADER}\n${LINE}\n`)).toEqual({ ok: true, value: [{ line: 2, cells: CELLS }] })
  })

  it('takes columns in any order, in any case, with spaces, and others beside', () => {
    const header = ['Notes', ...CSV_COLUMNS.toReversed().map((name) => ` ${name.toUpperCase()} `)].join(',')
    const line = ['x', ...LINE.split(',').reverse()].join(', ')
    expect(read(`${header}\n${line}`)).toEqual({ ok: true, value: [{ line: 2, cells: CELLS }] })
  })

  it.each([
    ['line ends of Windows', `${HEADER}\r\n${LINE}\r\n${LINE}`, [2, 3]],
    ['line ends of old Macs', `${HEADER}\r${LINE}\r${LINE}\r`, [2, 3]],
    ['a byte order mark', `\ufeff${HEADER}\n${LINE}`, [2]],
    ['empty lines', `${HEADER}\n\n${LINE}\n\n\n${LINE}\n`, [3, 6]],
    ['no line after the header', `${HEADER}\n`, []],
  ])('counts lines as an editor does: %s', (_, text, lines) => {
    expect(linesOf(text).map(([line]) => line)).toEqual(lines)
  })

  it('counts on after a quoted line break', () => {
    const text = `${HEADER},notes\n${LINE},"two\r\nlines"\n${LINE},one\n`
    expect(linesOf(text)).toEqual([
      [2, 'ada'],
      [4, 'ada'],
    ])
  })

  it('reads quoted commas and quotes', () => {
    expect(linesOf(`${HEADER}\n"B,1","a ""b"" c",,,,,,\n`)).toEqual([[2, 'a "b" c']])
  })

  it('gives up a line with too few or too many cells, and no other', () => {
    expect(linesOf(`${HEADER}\n${LINE}\nB-2,bea\n${LINE},more\n${LINE}`)).toEqual([
      [2, 'ada'],
      [3, null],
      [4, null],
      [5, 'ada'],
    ])
  })

  it.each(['"B-1,ada,2024-05-31', 'B-1,"a"da,x', 'B-1,a"da,x'])(
    'gives up the line %s for its quotes, and no other',
    (bad) => {
      expect(linesOf(`${HEADER}\n${LINE}\n${bad}\n\n${LINE}\n`)).toEqual([
        [2, 'ada'],
        [3, null],
        [5, 'ada'],
      ])
    },
  )

  it.each([
    ['', [...CSV_COLUMNS]],
    ['\n\n', [...CSV_COLUMNS]],
    [HEADER.replace('booked_at,', ''), ['booked_at']],
    [HEADER.replace('image,', 'file,').replace('sex', 'gender'), ['sex', 'image']],
    [HEADER.replaceAll(',', ';'), [...CSV_COLUMNS]],
  ])('refuses the header %j once, and names every missing column', (header, missing) => {
    expect(read(`${header}\n${LINE}\n`)).toMatchObject({
      ok: false,
      problem: {
        code: 'csv_column_missing',
        where: 'line 1',
        message: `The CSV has no column ${missing.join(', ')}.`,
        remedy: expect.stringContaining(CSV_COLUMNS.join(', ')),
      },
    })
  })

  it('refuses text that is not UTF-8', () => {
    const latin = Buffer.from(`${HEADER}\nB,Zo\xeb`, 'latin1')
    expect(read(latin)).toMatchObject({ ok: false, problem: { code: 'csv_unreadable' } })
  })
})
