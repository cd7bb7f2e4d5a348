import { beforeAll, describe, expect, it } from 'vitest'
import { madeUpReport } from './evaluation.fixture.ts'
import { digestOf, type EvaluationReport } from './evaluation-report.ts'
import { PAGE_STYLE } from './page/page-style.ts'
import { fullReport } from './report.fixture.ts'
import { reportHtml } from './report-html.ts'

let report: EvaluationReport
let page = ''
beforeAll(async () => {
  report = await fullReport()
  page = reportHtml(report)
})

const countOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length
const ids = (text: string) => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)

describe('the report as a page', () => {
  it('stands by itself: no script, no picture file, nothing fetched', () => {
    expect(page).not.toMatch(/<script|<img|<link|<iframe|@import|url\(|https?:|src=|href=/i)
    expect(page.startsWith('<!doctype html>\n<html lang="en">')).toBe(true)
  })

  it('names no person and no photograph', () => {
    expect(page).not.toMatch(/person\d|other\d|p0\d\d|\.jpg/)
  })

  it('every opened tag is closed', () => {
    for (const tag of [
      'main',
      'section',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'svg',
      'figure',
      'details',
      'dl',
      'p',
    ]) {
      expect([tag, countOf(page, new RegExp(`<${tag}[ >]`, 'g'))]).toEqual([
        tag,
        countOf(page, new RegExp(`</${tag}>`, 'g')),
      ])
    }
  })

  it('shows DET, CMC and discard curves, each with its name, description and the same numbers as a table', () => {
    for (const id of ['det', 'cmc', 'discard']) {
      expect(page).toContain(`aria-labelledby="${id}-t ${id}-d"`)
      expect(page).toContain(`<title id="${id}-t">`)
      expect(page).toContain(`<desc id="${id}-d">`)
    }
    for (const caption of ['CMC, point by point', 'DET, some points', 'Error versus discard at T = ']) {
      expect(page).toContain(`<caption>${caption}`)
    }
  })

  it('draws no place that is not a number', () => {
    expect(page).not.toMatch(/NaN|Infinity|undefined(?! \()|null|\[object/)
  })

  it('the curve falls: misses rise downwards as FPIR grows to the right', () => {
    const svg = /<svg[^>]*aria-labelledby="det-t det-d">[\s\S]*?<\/svg>/.exec(page)?.[0] ?? ''
    const path = /class="curve" d="M([^"]+)"/.exec(svg)?.[1] ?? ''
    const points = path.split('L').map((pair) => pair.split(' ').map(Number))
    expect(points.length).toBeGreaterThan(20)
    const [first, last] = [points[0] ?? [], points.at(-1) ?? []]
    expect(first[0]).toBeGreaterThan(last[0] ?? 0)
    expect(first[1]).toBeGreaterThan(last[1] ?? 0)
    for (const [x = 0, y = 0] of points) expect(x >= 76 && x <= 700 && y >= 18 && y <= 372).toBe(true)
  })

  it('tables have captions and headers in scope, and wide ones can be reached by keyboard', () => {
    expect(countOf(page, /<caption>/g)).toBe(countOf(page, /<table>/g))
    expect(countOf(page, /role="region" aria-label="[^"]+" tabindex="0"/g)).toBe(countOf(page, /<table>/g))
    expect(page).not.toMatch(/<th(?! scope|ead)/)
  })

  it('ids are unique, and every section is named by one', () => {
    expect(new Set(ids(page)).size).toBe(ids(page).length)
    for (const [, id] of page.matchAll(/aria-labelledby="([^"]+)"/g)) {
      for (const one of (id ?? '').split(' ')) expect(ids(page)).toContain(one)
    }
    expect(countOf(page, /<h1>/g)).toBe(1)
  })

  it('text from outside is shown, never run', () => {
    expect(page).toContain('A limit with &lt;b&gt;signs&lt;/b&gt; &amp; &quot;quotes&quot;.')
    expect(page).toContain('&lt;rare &amp; few&gt;')
    const named = reportHtml({ ...report, set: { ...report.set, name: '<script>alert(1)</script>' } })
    expect(named).not.toContain('<script')
  })

  it('a group too small is named without a rate', () => {
    const row = /<tr><th scope="row">&lt;rare &amp; few&gt;<\/th>.*?<\/tr>/.exec(page)?.[0] ?? ''
    expect(row).toContain('too few')
    expect(row).toContain('10 trials')
  })

  it('compares two people of one group: the reason, the finding, both tables', () => {
    const section = /<section aria-labelledby="within">[\s\S]*?<\/section>/.exec(page)?.[0] ?? ''
    expect(section).toContain('<h2 id="within">Two different people of one group compared</h2>')
    expect(section).toContain('lists more innocent people of some groups than of others')
    expect(section).toMatch(/FMR is highest in [FM] \([\d.]+\u00a0%\) and lowest in/)
    expect(section).toContain('<caption>Sex, as recorded: pairs within a group</caption>')
    expect(section).toContain('<caption>Sex, as recorded: how unequal within groups</caption>')
  })

  it('an older report, and one without groups, has no such section and the same rest', () => {
    const { groupComparisons: _, ...older } = report
    const sections = (html: string) => [...html.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => id)
    expect(sections(page)).toContain('within')
    expect(sections(reportHtml(older))).toEqual(sections(page).filter((id) => id !== 'within'))
    expect(sections(reportHtml({ ...report, groupComparisons: [] }))).toEqual(sections(reportHtml(older)))
  })

  it('carries the digest of its data and of what it was measured on', () => {
    for (const digest of [digestOf(report), report.set.digest, report.model.sha256]) expect(page).toContain(digest)
  })

  it('uses no word that a result may not have', () => {
    expect(page).not.toMatch(/\b(match(es|ed)?|hits?|identified|confidence|percent(age)?|suspects?)\b/i)
  })

  it('leaves out what was not measured', async () => {
    const bare = reportHtml(await madeUpReport({}, 3))
    for (const id of ['threshold', 'innocent', 'quality']) expect(bare).not.toContain(`<h2 id="${id}"`)
    expect(bare).not.toMatch(/NaN|Infinity/)
    expect(bare).not.toContain('aria-labelledby="det-t')
    expect(bare).toContain('nothing is known about FPIR')
  })
})

describe('colours of the page (WCAG 2.2)', () => {
  const colour = (name: string, dark: boolean) =>
    new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(PAGE_STYLE)?.[dark ? 2 : 1] ?? ''
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (one: string, other: string) => {
    const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }

  it.each([
    ['ink', 'paper', 4.5],
    ['ink-soft', 'paper', 4.5],
    ['ink-soft', 'raised', 4.5],
    ['ink', 'accent-wash', 4.5],
    ['accent', 'paper', 4.5],
    ['focus', 'paper', 3],
  ])('%s on %s has a contrast of %d or more, light and dark', (front, back, least) => {
    for (const dark of [false, true]) {
      expect(colour(front, dark)).not.toBe('')
      expect(contrast(colour(front, dark), colour(back, dark))).toBeGreaterThanOrEqual(least)
    }
  })
})
