const START = '<!-- scale-sim -->'
const END = '<!-- /scale-sim -->'

/**
 * A page with the text between its markers replaced; where there are none, a section is added at the end.
 * @throws Error when only one marker is there, or they are in the wrong order
 */
export function withSection(page: string, text: string): string {
  const section = `${START}\n\n${text}\n\n${END}`
  const start = page.indexOf(START)
  const end = page.indexOf(END)
  if (start < 0 && end < 0) return `${page.trimEnd()}\n\n## Predicted latency and coverage\n\n${section}\n`
  if (start < 0 || end < start) throw new Error(`The page needs ${START} and, after it, ${END}.`)
  return `${page.slice(0, start)}${section}${page.slice(end + END.length)}`
}
