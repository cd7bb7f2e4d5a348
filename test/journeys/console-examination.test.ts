import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, expectAccessibleAnyway, launchBrowser, openDesk } from '../browser.ts'
import { agreeOnLead, searchedRequest } from '../console-case.ts'
import { type RunningServer, startServer } from '../running-server.ts'
import { sampleProbes } from '../sample-probes.ts'

/** Judging a list, disagreeing about it, and what a lead is good for, in a real browser. */
describe.skipIf(CHROMIUM === '')('the console, judging', () => {
  let server: RunningServer
  let browser: Browser
  let file: string
  let request: string
  const complaints: string[][] = []

  beforeAll(async () => {
    server = await startServer()
    browser = await launchBrowser()
    file = (await sampleProbes()).find((one) => one.kind === 'second-day')?.file as string
    request = await searchedRequest(await server.signIn('rivera'), file, { limit: 3 })
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** The window of one examiner, on the list that waits for them. */
  async function begin(username: string, words: string): Promise<Page> {
    const desk = await openDesk(browser, server, username)
    complaints.push(desk.complaints)
    await desk.open('/examinations')
    await main(desk.page).getByRole('button', { name: words }).click()
    await desk.page.waitForSelector('.strip__item')
    return desk.page
  }
  const main = (page: Page) => page.locator('main')
  const marks = (page: Page) =>
    page.locator('.strip__item').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))

  async function judge(page: Page, keys: readonly string[]): Promise<void> {
    for (const [at, key] of keys.entries()) {
      await page.locator('.strip__item').nth(at).click()
      await page.keyboard.press(key)
    }
  }

  async function sign(page: Page, conclusion: string): Promise<string> {
    await page.getByRole('radio', { name: conclusion }).check()
    if (conclusion === 'Investigative lead') await page.check('#leadCandidate', { force: true })
    await page.fill('#justification', 'The ears differ.')
    await page.click('text=Sign the examination')
    await page.click('.dialog .button--primary')
    await page.waitForSelector('h1:text-is("Signed")')
    const said = await main(page).innerText()
    await page.context().close()
    return said
  }

  /** What the requester reads of it. */
  async function outcomeShown(): Promise<string> {
    const { page, open } = await openDesk(browser, server, 'rivera')
    await open(`/requests/${request}`)
    await page.waitForSelector('.timeline')
    const text = await main(page).innerText()
    await page.context().close()
    return text
  }

  it('the first examiner zooms, changes a verdict, is told what is missing, and signs a lead', async () => {
    const page = await begin('okafor', 'Begin: first examination, 3 candidates')
    await expectAccessibleAnyway(page)
    await bothPanesMove(page)
    await lastVerdictCounts(page)
    await missingVerdictsAreNamed(page)
    await judge(page, ['2', '1', '3'])
    await unkeptVerdictIsTakenBack(page)
    expect(await sign(page, 'Investigative lead')).toContain('Another examiner now judges the same list')
  })

  async function bothPanesMove(page: Page): Promise<void> {
    const transforms = () =>
      page.locator('.pane__space').evaluateAll((all) => all.map((one) => one.getAttribute('style')))
    const [atFirst] = await transforms()
    await page
      .locator('.pane__window')
      .first()
      .hover({ position: { x: 80, y: 90 } })
    await page.mouse.wheel(0, -240)
    await page.waitForSelector('.view-tools__zoom:text-is("1.15×")')
    const [probe, candidate] = await transforms()
    expect(probe).not.toBe(atFirst)
    expect(candidate).toBe(probe)
    await page
      .locator('.pane__window')
      .last()
      .hover({ position: { x: 200, y: 200 } })
    await page.mouse.down()
    await page.mouse.move(0, 0, { steps: 4 })
    await page.mouse.up()
    const [moved, follower] = await transforms()
    expect(moved).not.toBe(probe)
    expect(follower).toBe(moved)
    await page.click('text=Reset')
    expect(await transforms()).toEqual([atFirst, atFirst])
  }

  /** The first of two quick verdicts is held up on its way; the one given last is the one that is kept. */
  async function lastVerdictCounts(page: Page): Promise<void> {
    const path = /\/verdicts\//
    let held = false
    await page.route(path, async (route) => {
      const wait = held ? 0 : 600
      held = true
      await new Promise((go) => setTimeout(go, wait))
      await route.continue()
    })
    await judge(page, ['2'])
    const kept = page.waitForResponse((response) => response.request().postData()?.includes('"excluded"') === true)
    await page.keyboard.press('1')
    await kept
    await page.waitForLoadState('networkidle')
    await page.unrouteAll({ behavior: 'wait' })
    await page.reload({ waitUntil: 'networkidle' })
    expect(await marks(page)).toEqual(['Candidate 1: Excluded', 'Candidate 2: Not judged', 'Candidate 3: Not judged'])
  }

  async function missingVerdictsAreNamed(page: Page): Promise<void> {
    await page.click('text=Sign the examination')
    expect(await page.locator('.summary').innerText()).toMatch(/every candidate: 2 are still without one/)
    expect(await page.locator('.dialog').count()).toBe(0)
    await page.locator('.strip__item').nth(1).click()
    await page.keyboard.press('1')
    await page.click('text=Sign the examination')
    expect(await page.locator('.summary').innerText()).toMatch(/1 is still without one/)
  }

  /** The service cannot be reached: the page says so, shows what is really kept, and loses no text. */
  async function unkeptVerdictIsTakenBack(page: Page): Promise<void> {
    await page.fill('#limitations', 'Low light.')
    await page.locator('.strip__item').nth(2).click()
    await page.route('**/api/**', (route) => route.abort())
    await page.keyboard.press('1')
    await page.getByText('The service could not be reached.').first().waitFor()
    await page.waitForSelector('[aria-label="Candidate 3: Inconclusive"]')
    expect(await page.inputValue('#limitations')).toBe('Low light.')
    await page.unroute('**/api/**')
    await page.locator('.strip__item').nth(2).click()
    await page.keyboard.press('1')
    await page.waitForSelector('[aria-label="Candidate 3: Excluded"]')
    expect(await page.inputValue('#limitations')).toBe('Low light.')
  }

  it('a second examiner who disagrees sends the list to a third, and the outcome is shown to the requester', async () => {
    const second = await begin('lindqvist', 'Begin: verification, 3 candidates')
    expect(await marks(second), 'nothing of the first examination').not.toContain('Candidate 1: Excluded')
    await judge(second, ['1', '1', '1'])
    expect(await sign(second, 'No viable candidate')).toContain('A third examiner decides')
    expect(await outcomeShown()).toContain('The two disagree. A third examiner decides.')
    const third = await begin('tanaka', 'Begin: resolution, 3 candidates')
    await judge(third, ['1', '1', '1'])
    expect(await sign(third, 'No viable candidate')).toContain('settle the list')
    const shown = await outcomeShown()
    expect(shown).toContain('Closed without a lead')
    expect(shown).not.toMatch(/examiners agree/)
  })

  it('the arrest gate opens for independent evidence only', async () => {
    const listed = await searchedRequest(await server.signIn('rivera'), file)
    await agreeOnLead(await server.signIn('okafor'), listed)
    const lead = await agreeOnLead(await server.signIn('lindqvist'), listed)
    const desk = await openDesk(browser, server, 'rivera', { timezoneId: 'America/Los_Angeles' })
    complaints.push(desk.complaints)
    const { page } = desk
    await desk.open(`/leads/${lead}`)
    await expectAccessibleAnyway(page)
    const gate = page.getByRole('button', { name: 'Record reliance for an arrest' })
    await recordEvidence(page, 'By following this lead', 'LU-1')
    expect(await main(page).innerText()).toMatch(/Reference LU-1, obtained Nov 20, 2026\. Found by following this lead/)
    expect(await gate.isDisabled(), 'derived evidence keeps it closed').toBe(true)
    await gate.click({ force: true })
    expect(await page.locator('.dialog').count()).toBe(0)
    await recordEvidence(page, 'Without this lead', 'LAB-7')
    expect(await gate.isDisabled(), 'independent evidence opens it').toBe(false)
    await gate.click()
    await page.click('.dialog .button--primary')
    await page.getByText('An arrest relies on this lead').first().waitFor()
    await expectAccessibleAnyway(page)
    await page.context().close()
  })

  async function recordEvidence(page: Page, origin: string, reference: string): Promise<void> {
    await page.click('text="Record evidence"')
    await page.click('text=Record the evidence')
    expect(await page.locator('.summary li').count(), 'everything that is missing is named').toBe(4)
    await page.selectOption('#evidenceType', { index: 1 })
    await page.getByRole('radio', { name: origin }).check()
    await page.fill('#evidenceDay', '2026-11-20')
    await page.fill('#evidenceReference', reference)
    await page.click('text=Record the evidence')
    await page.getByText(`Reference ${reference}`).waitFor()
  }

  it('the pages complained of nothing but the line that was cut', () => {
    expect(complaints.flat().filter((one) => !one.includes('net::ERR_FAILED'))).toEqual([])
  })
})
