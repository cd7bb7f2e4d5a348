import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, expectAccessible, launchBrowser, openPage, signInAt } from '../browser.ts'
import { bookingPhotographs, type RunningServer, startServer } from '../running-server.ts'
import { type SampleProbe, sampleProbes } from '../sample-probes.ts'

/** The whole line in a real browser, as people use it; every page checked by axe. Set SHOTS to a folder for pictures. */
const SHOTS = process.env.SHOTS

describe.skipIf(CHROMIUM === '')('the console', () => {
  let server: RunningServer
  let browser: Browser
  let page: Page
  let complaints: string[] = []
  let probe: SampleProbe

  beforeAll(async () => {
    server = await startServer()
    browser = await launchBrowser()
    ;({ page, complaints } = await openPage(browser))
    probe = (await sampleProbes()).find((one) => one.kind === 'second-day' && one.personKey !== null) as SampleProbe
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const signIn = async (name: string) => signInAt(page, server.url, name, await server.passwordOf(name))
  const open = (path: string) => page.goto(`${server.url}${path}`)

  async function look(name: string): Promise<void> {
    await expectAccessible(page)
    if (SHOTS === undefined) return
    mkdirSync(SHOTS, { recursive: true })
    await page.screenshot({ path: join(SHOTS, `${name}.png`) })
  }

  async function choosePhoto(): Promise<void> {
    await open('/requests/new')
    await page.setInputFiles('input[type=file]', probe.file)
    await page.locator('input[name=face]').first().check({ force: true })
    await page.waitForSelector('form')
  }

  async function fillForm(caseNumber: string): Promise<void> {
    await page.fill('#caseNumber', caseNumber)
    await page.click('#crimeCode')
    await page.keyboard.type('robb')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('#purpose').check()
    await page.locator('#predicateLevel').check()
    await page.fill('#narrative', 'The person on the photograph left the shop with the till.')
    await page.selectOption('#probeSource', 'cctv')
    await page.selectOption('#acquisitionBasis', 'business_record')
    await page.fill('#acquiredFrom', 'Shop owner')
    await page.locator('#depicts').check()
    await page.check('#attested')
    await page.locator('#conflict').check()
  }

  /** Judges by keyboard: 2 (cannot exclude) for the photograph of the probe's subject, 1 (excluded) for every other. */
  async function examine(): Promise<void> {
    await open('/examinations')
    await look('04-queue')
    await page.locator('main').getByRole('button').first().click()
    await page.waitForSelector('.strip__item')
    await look('05-examination')
    const mate = await placeOfMate()
    expect(mate, 'the subject of the probe is in the list').toBeGreaterThanOrEqual(0)
    const count = await page.locator('.strip__item').count()
    for (let at = 0; at < count; at += 1) {
      await page.locator('.strip__item').nth(at).click()
      await page.keyboard.press(at === mate ? '2' : '1')
    }
    await page.locator('.strip__item').nth(mate).click()
  }

  async function sign(): Promise<void> {
    await page.locator('input[name=conclusion]').first().check()
    await page.locator('input[name=leadCandidate]').first().check({ force: true })
    await page.fill('#justification', 'Brow, nose bridge and ear outline agree.')
    await page.click('text=Sign the examination')
    await page.click('.dialog .button--primary')
    await page.waitForSelector('text=Back to the queue')
  }

  /** Where in this examiner's own order the probe's subject stands: told by the booking photograph alone. */
  async function placeOfMate(): Promise<number> {
    const custodian = await server.signIn('duarte')
    const photographs = await bookingPhotographs(custodian, probe.personKey as string)
    const sources = await page
      .locator('.strip__item img')
      .evaluateAll((all) => all.map((one) => one.getAttribute('src')))
    for (const [at, source] of sources.entries()) {
      const shown = await (await page.context().request.get(`${server.url}${source}`)).body()
      if (photographs.some((own) => own.equals(shown))) return at
    }
    return -1
  }

  it('signs in only with the notice acknowledged', async () => {
    await open('/sign-in')
    await look('01-sign-in')
    await page.click('button[type=submit]')
    expect(await page.locator('main').innerText()).toMatch(/notice must be accepted/i)
    await look('01-sign-in-errors')
    await signIn('rivera')
  })

  it('a request without a case number is refused with every finding', async () => {
    await open('/requests/new')
    await look('02-new-request')
    await choosePhoto()
    await look('02-form')
    await fillForm('')
    await page.click('form button[type=submit]')
    await page.waitForSelector('.findings')
    expect(await page.locator('main').innerText()).toMatch(/case number/i)
    await look('02-refused')
  })

  it('a complete request is permitted and searched; the requester sees no candidate', async () => {
    await choosePhoto()
    await fillForm('HC-26-004217')
    await page.click('form button[type=submit]')
    await page.waitForSelector('.notice--go')
    await page
      .getByText(/photographs? searched|searched/i)
      .first()
      .waitFor()
    await look('02-permitted')
    expect(await page.locator('main img[src*=cand]').count()).toBe(0)
    await open('/requests')
    await look('03-requests')
    await page.locator('main a[href^="/requests/req_"]').first().click()
    await page.waitForURL(/requests\/req_/)
    await look('03-request')
  })

  it('two examiners judge every candidate by keyboard and agree', async () => {
    for (const name of ['okafor', 'lindqvist']) {
      await signIn(name)
      await examine()
      await look(`05-judged-${name}`)
      expect(await page.locator('main').innerText()).not.toMatch(/\bscore\s+0|rank \d/i)
      await sign()
      await look(`05-signed-${name}`)
    }
  })

  it('the lead shows its disclaimer first, closes the arrest gate, and gives a PDF', async () => {
    await signIn('rivera')
    await open('/leads')
    await look('06-leads')
    await page.locator('main a[href^="/leads/"]').first().click()
    await page.waitForSelector('.disclaimer')
    await look('06-lead')
    expect(await page.locator('main').innerText()).toMatch(/not an identification/)
    expect(await page.getByRole('button', { name: /reliance/i }).isDisabled()).toBe(true)
    const download = page.waitForEvent('download')
    await page
      .getByText(/lead sheet/i)
      .first()
      .click()
    expect((await download).suggestedFilename()).toMatch(/\.pdf$/)
  })

  it('the auditor verifies the log in the browser', async () => {
    await signIn('haddad')
    await open('/log')
    await look('09-log')
    await page.click('text=Verify now')
    await page.waitForSelector('.verification__verdict')
    expect(await page.locator('.verification__verdict').innerText()).toMatch(/verif|whole|agree/i)
    await look('09-verified')
  })

  it.each([
    ['duarte', '/gallery', '07-gallery'],
    ['moss', '/policy', '08-policy'],
    ['haddad', '/model', '08-model'],
    ['keller', '/accounts', '10-accounts'],
    ['rivera', '/gallery', '11-not-permitted'],
    ['rivera', '/no/such/page', '12-not-found'],
  ])('%s looks at %s', async (name, path, picture) => {
    await signIn(name)
    await open(path)
    await look(picture)
  })

  it('the pages complained of nothing', () => expect(complaints).toEqual([]))
})
