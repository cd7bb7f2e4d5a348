import { CsvError, parse } from 'csv-parse/sync'

/** One line after the header; `line` counts from 1, the header included. `cells` is null when it cannot be split. */
export interface CsvRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>> | null
}

interface Split {
  readonly line: number
  readonly cells: readonly string[] | null
}

/** Splits CSV text (RFC 4180, comma) whatever its columns; names are trimmed and in lower case. */
export function splitCsv(text: string): { readonly header: readonly string[]; readonly rows: readonly CsvRow[] } {
  const plain = text.replace(/\r\n?/g, '\n')
  const [first, ...rest] = splitWhole(plain) ?? splitByLine(plain)
  const header = (first?.cells ?? []).map((name) => name.trim().toLowerCase())
  return { header, rows: rest.map(({ line, cells }) => ({ line, cells: nameCells(header, cells) })) }
}

/** All records at once, quoted line breaks included; null when a quote is wrong anywhere. */
function splitWhole(text: string): readonly Split[] | null {
  try {
    const options = { info: true, bom: true, relax_column_count: true, skip_empty_lines: true } as const
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
    return content === '' ? [] : [{ line: at + 1, cells: splitWhole(content)?.[0]?.cells ?? null }]
  })
}

function lineBreaks(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

function nameCells(header: readonly string[], cells: readonly string[] | null): CsvRow['cells'] {
  if (cells === null || cells.length !== header.length) return null
  return Object.fromEntries(header.map((name, place) => [name, cells[place]?.trim() ?? '']))
}
