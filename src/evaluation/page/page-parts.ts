import type { ReportTable } from '../report-table.ts'

/** Text that may stand in HTML and SVG, in attributes too; a number keeps its unit on the same line. */
export function escapeText(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  const whole = text.replace(/[&<>"']/g, (sign) => names[sign] ?? sign)
  return whole.replaceAll(' %', '\u00a0%')
}

/** A table with its caption; wide ones scroll by themselves, also by keyboard. */
export function drawTable({ title, columns, rows }: ReportTable): string {
  const kind = (at: number) => (columns[at]?.numeric === true ? ' class="num"' : '')
  const head = columns.map((column, at) => `<th scope="col"${kind(at)}>${escapeText(column.title)}</th>`)
  const body = rows.map((row) => {
    const cells = row.map((cell, at) => {
      return at === 0
        ? `<th scope="row"${kind(at)}>${escapeText(cell)}</th>`
        : `<td${kind(at)}>${escapeText(cell)}</td>`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  return [
    `<div class="scroll" role="region" aria-label="${escapeText(title)}" tabindex="0"><table>`,
    `<caption>${escapeText(title)}</caption>`,
    `<thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n')
}

/** A picture with its words and, folded up, the numbers it is drawn from; unfolded when printed. */
export function drawFigure(picture: string, caption: string, twin: ReportTable | null): string {
  const numbers =
    twin === null ? '' : `<details><summary>The numbers of this picture</summary>${drawTable(twin)}</details>`
  return `<figure>${picture}<figcaption>${escapeText(caption)}</figcaption>${numbers}</figure>`
}

export function drawSection(id: string, title: string, parts: readonly string[]): string {
  return `<section aria-labelledby="${id}"><h2 id="${id}">${escapeText(title)}</h2>\n${parts.join('\n')}\n</section>`
}

export function paragraph(text: string, className = ''): string {
  return `<p${className === '' ? '' : ` class="${className}"`}>${escapeText(text)}</p>`
}
