import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, expectAccessible, expectAccessibleAnyway, launchBrowser, openDesk, tabTo } from '../browser.ts'
import { type RunningServer, startServer } from '../running-server.ts'

/** The model card in a real browser, and a change of the similarity floor on its way through people. */
describe.skipIf(CHROMIUM === '')('the model card', () => {
  let server: RunningServer
  let browser: Browser
  const complaints: string[][] = []

  beforeAll(async () => {
    server = await startServer()
    browser = await launchBrowser()
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function cardFor(username: string): Promise<Page> {
    const desk = await openDesk(browser, server, username)
    complaints.push(desk.complaints)
    await desk.open('/model')
    return desk.page
  }

  const textOf = (page: Page) => page.locator('main').innerText()

  it('everybody reads it, and the policy page leads there', async () => {
    const { page, open } = await openDesk(browser, server, 'okafor')
    await open('/policy')
    await page.click('text=Which model searches')
    await page.waitForURL(/model$/)
    await page.waitForSelector('.answers')
    const text = await textOf(page)
    expect(text).toContain('countenance-engine-2')
    expect(text).toContain('never an identification')
    expect(text).not.toContain('Changes of model or floor')
    expect(text).not.toMatch(/\b(match|hit|identified|confidence|percent)/i)
  })

  it('with an evaluation it says how often it errs, in pictures whose numbers stand beside', async () => {
    await attachEvaluation(server)
    const page = await cardFor('haddad')
    expect(await textOf(page)).toContain('6 of 500')
    const pairs = page.getByRole('region', { name: 'Sex, as recorded: pairs within a group' })
    expect(await pairs.locator('tbody tr').allInnerTexts()).toEqual([
      expect.stringMatching(/^F\t90\t4,000\t0\.3\s%.*\t3\stimes$/s),
      expect.stringMatching(/^X\t2\t3\ttoo few\t–$/),
    ])
    expect(await textOf(page)).toContain('Not stated: X: fewer than 10 people')
    const pictures = page.locator('svg.chart')
    expect(await pictures.count()).toBe(2)
    for (const details of await page.locator('.figure details').all()) {
      await details.locator('summary').focus()
      await page.keyboard.press('Enter')
      expect(await details.locator('tbody tr').count()).toBeGreaterThan(1)
    }
    await expectAccessibleAnyway(page)
  })

  it('an administrator proposes another floor by keyboard, and cannot approve it', async () => {
    const page = await cardFor('keller')
    await page.getByRole('button', { name: 'Propose a change' }).press('Enter')
    await page.getByRole('button', { name: 'Propose it' }).press('Enter')
    expect(await page.locator('.summary').innerText()).toContain('Choose the evaluation')
    await expectAccessible(page)
    await page.fill('#similarityFloor', '0.44')
    await tabTo(page, '#evaluation')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('button', { name: 'Propose it' }).press('Enter')
    await page.waitForSelector('text=Waits for approvals')
    expect(await textOf(page)).toContain('two other people must approve')
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
  })

  it('a supervisor is told at once, and approves once', async () => {
    const page = await cardFor('moss')
    await page.click('text=Go to the proposal')
    await page.getByRole('button', { name: 'Approve' }).press('Enter')
    expect(await page.locator('.dialog').innerText()).toContain('nothing changes yet')
    await expectAccessible(page)
    await page.locator('.dialog .button--primary').press('Enter')
    await page.waitForSelector('text=1 of 2 approvals')
    expect(await textOf(page)).toContain('a second person must approve')
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    expect((await (await server.signIn('moss')).get('/api/model')).body.operatingPoint.since).toBeNull()
  })

  it('the proposer withdraws it with a reason, which stays on the page', async () => {
    const page = await cardFor('keller')
    await page.getByRole('button', { name: 'Withdraw' }).press('Enter')
    await page.locator('.dialog .button--stop').press('Enter')
    expect(await page.locator('.dialog').innerText()).toContain('A reason is needed')
    await page.fill('#rejection-reason', 'Measured again first')
    await page.locator('.dialog .button--stop').press('Enter')
    await page.waitForSelector('text=Withdrawn by its proposer')
    expect(await textOf(page)).toContain('Measured again first')
    await expectAccessibleAnyway(page)
  })

  it('the pages complained of nothing', () => expect(complaints.flat()).toEqual([]))
})

/** A made-up report about the model in use, attached as an administrator does. */
async function attachEvaluation(server: RunningServer): Promise<void> {
  const { model } = (await (await server.signIn('keller')).get('/api/model')).body
  const file = join(server.folder, 'report.json')
  await writeFile(file, JSON.stringify(reportOf(model)))
  const run = await server.cli(['model', 'attach', file, '--user', 'keller'], 'keller')
  expect(run, run.out).toMatchObject({ code: 0 })
}

function reportOf(model: object) {
  const rate = (errors: number, trials: number) => ({ errors, trials, rate: errors / trials, low: 0.005, high: 0.05 })
  const listed = (rank: number, missed: number) => ({
    rank,
    ...rate(missed, 500),
    rate: 1 - missed / 500,
    low: 0.97,
    high: 0.99,
  })
  const threshold = { threshold: 0.45, targetFpir: 0.01, measured: rate(5, 500), carried: true, sentence: 'At 0.45.' }
  const group = (name: string, errors: number) => ({
    group: name,
    subjects: 90,
    trials: 90,
    rate: rate(errors, 90),
    suppressed: null,
  })
  const small = { group: 'X', subjects: 2, trials: 3, rate: null, suppressed: 'fewer than 10 people' }
  const pairs = { group: 'F', subjects: 90, trials: 4000, rate: rate(12, 4000), suppressed: null }
  const table = { rows: [group('F', 3), group('M', 2), small], unrecorded: 0, spread: null }
  const points = [0.2, 0.3, 0.4, 0.5].map((score, at) => ({ score, fmr: 10 ** -(at + 2), low: 0, high: 0.5 }))
  return {
    ...{ schemaVersion: 1, madeAt: '2026-11-22T07:00:00.00Z', model, rankOneMissByPerson: null, groupThreshold: 0.45 },
    set: { name: 'made-up faces', digest: 'a'.repeat(64), photographs: 1500, people: 800, leftAside: 0 },
    protocol: {
      ...{ sentence: 'First photograph enrolled.', faceRule: 'The largest face.', seed: 1, leftOut: 300 },
      ...{ enrolled: 500, matedSearches: 500, nonMatedSearches: 500, listLength: 50 },
    },
    failures: { enrolment: rate(0, 500), extraction: rate(0, 1000), byCode: [], severalFaces: 0 },
    cmc: [listed(1, 6), listed(2, 5), listed(50, 2)],
    operatingPoints: [{ threshold, fnir: rate(10, 500), fnirByPerson: null, selectivity: rate(5, 500) }],
    det: [0.1, 0.2, 0.3, 0.4, 0.9].map((at) => ({ threshold: at, fnir: at / 40, fpir: (1 - at) / 4 })),
    verification: { tar: [] },
    calibration: { points, impostorComparisons: 1_000_000, floor: 3e-5 },
    groups: [{ axis: 'sex', fnir: table, fpir: table, selectivity: table, fdr: null }],
    groupComparisons: [
      {
        ...{ axis: 'sex', threshold: 0.41, everybody: rate(10, 10_000), impostorPairs: 4003, fnmr: table, fdr: null },
        fmr: { rows: [pairs, small], unrecorded: 0, spread: null },
      },
    ],
    ...{ discard: null, limits: ['The figures hold for photographs like these.'] },
  }
}
