import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import type { RunningServer } from './running-server.ts'

/** Path of a Chromium, or empty: `npm test` looks for one and says how to get it. */
export const CHROMIUM = process.env.COUNTENANCE_CHROMIUM ?? ''

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']

const DESK = { width: 1280, height: 900 }
const TABLET = { width: 768, height: 1024 }

interface AxeReport {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[]
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, '--disable-sync', '--no-first-run'] })
}

/** A window of an examiner's desk; what the page complains of is collected. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce', ...options })
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

/** The same holds on a narrow screen and in the dark; afterwards the page is as it was. */
export async function expectAccessibleAnyway(page: Page): Promise<void> {
  await page.setViewportSize(TABLET)
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page)
  await page.setViewportSize(DESK)
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'light' })
}

/** A window of their own for somebody already signed in. */
export async function openDesk(
  browser: Browser,
  server: RunningServer,
  username: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[]; open: (path: string) => Promise<unknown> }> {
  const desk = await openPage(browser, { baseURL: server.url, ...options })
  const data = { username, password: await server.passwordOf(username), acknowledged: true }
  const answer = await desk.page.request.post('/api/session', { data, headers: { 'x-countenance': 'console' } })
  expect(answer.status(), `${username} signs in`).toBeLessThan(300)
  return { ...desk, open: (path) => desk.page.goto(path, { waitUntil: 'networkidle' }) }
}

/** Walks with the Tab key until the focus is there: what cannot be reached so fails. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    if ((await page.locator(selector).and(page.locator(':focus')).count()) > 0) return
  }
  throw new Error(`The Tab key does not reach ${selector}`)
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
