import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** Path of a Chromium, or empty: `npm test` looks for one and says how to get it. */
export const CHROMIUM = process.env.COUNTENANCE_CHROMIUM ?? ''

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']

interface AxeReport {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, '--disable-sync', '--no-first-run'] })
}

/** A window of an examiner's desk; what the page complains of is collected. */
export async function openPage(browser: Browser): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refused or signed-out call is an expected answer that Chromium reports as an error.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text())
  })
  return { page, complaints }
}

/** axe finds nothing on this page, it does not scroll sideways, and it has one first-level heading and a title. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(AXE)
  const report = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(WCAG)} })`)) as AxeReport
  const faults = report.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)
  expect(faults, `axe on ${page.url()}`).toEqual([])
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(overflow, `sideways scroll on ${page.url()}`).toBeLessThanOrEqual(0)
  expect(await page.locator('h1').count(), `h1 on ${page.url()}`).toBe(1)
  expect(await page.title()).not.toBe('')
}

export async function signInAt(page: Page, url: string, username: string, password: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.evaluate(`fetch('/api/session', { method: 'DELETE', headers: { 'x-countenance': 'console' } })`)
  await page.goto(`${url}/sign-in`)
  await page.fill('#username', username)
  await page.fill('#password', password)
  await page.check('#acknowledged')
  await page.click('button[type=submit]')
  await page.waitForURL((place) => !place.pathname.startsWith('/sign-in'))
}
