import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, expectAccessible, expectAccessibleAnyway, launchBrowser, openDesk, tabTo } from '../browser.ts'
import { fillRequest } from '../console-case.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { sampleProbes } from '../sample-probes.ts'

/** A search that is narrowed, from the form to the log, by keyboard where the form is new. Set SHOTS to a folder for pictures. */
const SHOTS = process.env.SHOTS

const NARROWED = /sex recorded as female, or not recorded; booked on or after January 1, 2015; aged 20 to 60/

describe.skipIf(CHROMIUM === '')('a narrowed search in the console', () => {
  let server: RunningServer
  let browser: Browser
  let request = ''

  beforeAll(async () => {
    server = await startServer()
    browser = await launchBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function look(page: Page, name: string): Promise<void> {
    await expectAccessible(page)
    if (SHOTS === undefined) return
    mkdirSync(SHOTS, { recursive: true })
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true })
  }

  const textOf = (page: Page) => page.locator('main').innerText()

  async function formWithPhoto(page: Page): Promise<void> {
    const probe = (await sampleProbes()).find((one) => one.kind === 'second-day')
    await page.setInputFiles('input[type=file]', probe?.file ?? '')
    await page.locator('input[name=face]').first().check({ force: true })
    await page.waitForSelector('form')
    await fillRequest(page, 'HC-26-004218')
  }

  it('is asked for in a part of the form that is closed at first, and says what it costs', async () => {
    const { page, open, complaints } = await openDesk(browser, server, 'rivera')
    await open('/requests/new')
    await formWithPhoto(page)
    expect(await page.locator('#bookedFrom').isVisible()).toBe(false)
    expect(await textOf(page)).toContain('Not narrowed')
    await page.focus('#limit')
    await tabTo(page, '.narrow summary')
    await page.keyboard.press('Enter')
    await tabTo(page, '#sexes-F')
    await page.keyboard.press('Space')
    await page.fill('#bookedFrom', '2015-01-01')
    await page.fill('#ageFrom', '60')
    await page.fill('#ageTo', '20')
    expect(await textOf(page)).toContain('Narrowed in 3 of 4 ways')
    expect(await textOf(page)).toMatch(/can leave out the person you look for.*nothing is recorded stay in/s)
    await page.keyboard.press('Enter')
    await page.waitForSelector('.summary')
    expect(await page.locator('.summary').innerText()).toContain('The highest age is below the lowest.')
    await look(page, '14-narrow-errors')
    await page.fill('#ageFrom', '20')
    await page.fill('#ageTo', '60')
    await expectAccessibleAnyway(page)
    await look(page, '14-narrow')
    await page.click('form button[type=submit]')
    await page.waitForSelector('.notice--go')
    expect(await textOf(page)).toMatch(NARROWED)
    await look(page, '14-narrow-searched')
    await page.getByRole('link', { name: 'Open the request' }).click()
    await page.waitForURL(/requests\/req_/)
    request = page.url().split('/').at(-1) ?? ''
    await page.getByText('Narrowed to').waitFor()
    expect(await textOf(page)).toMatch(NARROWED)
    await look(page, '14-narrow-request')
    expect(complaints).toEqual([])
  })

  it('tells the examiner how much was compared, and nothing else', async () => {
    const { page, open, complaints } = await openDesk(browser, server, 'okafor')
    await open('/examinations')
    await page.locator('main').getByRole('button').first().click()
    await page.waitForSelector('.desk__side')
    const text = await textOf(page)
    expect(text).toMatch(/Searched \d+ of \d+ photographs: sex recorded as female/)
    expect(text).toMatch(/proved exact over \d+ photographs/)
    expect(text).not.toContain('HC-26-004218')
    await look(page, '14-narrow-examination')
    expect(complaints).toEqual([])
  })

  it('stands in the log, for the auditor to read', async () => {
    const auditor = await server.signIn('haddad')
    const { entries } = (await auditor.get('/api/log/entries?limit=200')).body
    const acts = entries.filter((one: { facts: { request?: string } }) => one.facts.request === request)
    expect(acts.map((one: { act: string }) => one.act)).toContain('search.authorised')
    const { page, open, complaints } = await openDesk(browser, server, 'haddad')
    await open('/log')
    const text = await textOf(page)
    expect(text).toMatch(/Narrowed to: booked 2015-01-01\.\.; sex F or not recorded; born \d+\.\.\d+ or not recorded/)
    expect(text).toMatch(/Proved exact: yes/)
    await look(page, '14-narrow-log')
    expect(complaints).toEqual([])
  })
})
