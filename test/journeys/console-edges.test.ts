import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM, expectAccessibleAnyway, launchBrowser, openDesk, openPage, tabTo } from '../browser.ts'
import { filedRequest, fillRequest } from '../console-case.ts'
import { type RunningServer, sampleFile, startServer } from '../running-server.ts'
import { sampleProbes } from '../sample-probes.ts'

/** Filing a request where it does not go smoothly, in a real browser. */
describe.skipIf(CHROMIUM === '')('the console, filing a request', () => {
  const lineup = sampleFile('scene', 'lineup-of-three.jpg')
  let server: RunningServer
  let browser: Browser
  let file: string
  const complaints: string[][] = []

  beforeAll(async () => {
    server = await startServer()
    browser = await launchBrowser()
    file = (await sampleProbes())[0]?.file as string
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function deskOf(username: string) {
    const desk = await openDesk(browser, server, username)
    complaints.push(desk.complaints)
    return desk
  }
  const main = (page: Page) => page.locator('main').innerText()

  it('goes from the sign-in to a submitted request without a mouse, with one of three faces', async () => {
    const { page, complaints: own } = await openPage(browser, { baseURL: server.url })
    complaints.push(own)
    await page.goto('/sign-in')
    await tabTo(page, '#username')
    await page.keyboard.type('rivera')
    await tabTo(page, '#password')
    await page.keyboard.type(await server.passwordOf('rivera'))
    await tabTo(page, '#acknowledged')
    await page.keyboard.press('Space')
    await tabTo(page, 'button[type=submit]')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/requests')
    await tabTo(page, 'a[href="/requests/new"]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('input[type=file]')
    await tabTo(page, 'input[type=file]')
    const chooser = page.waitForEvent('filechooser')
    await page.keyboard.press('Space')
    await (await chooser).setFiles(lineup)
    await chooseSecondOfThree(page)
    await fillByKeyboard(page)
    await tabTo(page, 'form button[type=submit]')
    await page.keyboard.press('Enter')
    await page.waitForSelector('h1:text-is("Permitted")')
  })

  /** Radio semantics: one stop for Tab, arrows between the faces, nothing chosen for the investigator. */
  async function chooseSecondOfThree(page: Page): Promise<void> {
    const faces = page.locator('input[name=face]')
    await page.waitForSelector('h2:text-is("3 faces were found: choose one")')
    expect(await faces.count()).toBe(3)
    expect(await page.locator('input[name=face]:checked').count(), 'no face is chosen beforehand').toBe(0)
    expect(await page.locator('form').count(), 'no form before a face is chosen').toBe(0)
    for (const note of await page.locator('.probe__list .small').allInnerTexts()) {
      expect(note, 'one number for one distance').toMatch(
        /^(\d+) pixels between the eyes\. The eyes are \1 pixels apart/,
      )
    }
    await tabTo(page, 'input[name=face]')
    await page.keyboard.press('Space')
    await page.waitForSelector('form')
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key)
    expect(await faces.nth(1).isChecked()).toBe(true)
    expect(await page.locator('input[name=face]:checked').count()).toBe(1)
    expect(await page.locator('.probe__list [data-chosen=true]').innerText()).toMatch(/^Face 2 chosen/)
    await page.keyboard.press('Tab')
    expect(await page.locator('input[name=face]:focus').count(), 'one stop for all three').toBe(0)
  }

  async function fillByKeyboard(page: Page): Promise<void> {
    const steps: readonly (readonly [string, string, string?])[] = [
      ['#caseNumber', 'HC-26-004217'],
      ['#crimeCode', 'robb', 'ArrowDown'],
      ['#purpose', ' '],
      ['#predicateLevel', ' '],
      ['#narrative', 'The person left the shop with the till.'],
      ['#probeSource', 'Fixed'],
      ['#acquisitionBasis', 'Record of'],
      ['#acquiredFrom', 'Shop owner'],
      ['#depicts', ' '],
      ['#attested', ' '],
      ['#conflict', ' '],
    ]
    for (const [field, text, then] of steps) {
      await tabTo(page, field)
      await page.keyboard.type(text)
      if (then === undefined) continue
      await page.keyboard.press(then)
      await page.keyboard.press('Enter')
    }
  }

  it('says of each unusable file what is wrong and what to do, and then takes a good one', async () => {
    const { page, open } = await deskOf('rivera')
    await open('/requests/new')
    const offer = (name: string, buffer: Buffer, mimeType = 'image/jpeg') =>
      page.setInputFiles('input[type=file]', { name, mimeType, buffer })
    const files: readonly (readonly [string, Buffer, RegExp, RegExp])[] = [
      ['notes.jpg', Buffer.from('Not a photograph.'), /neither a JPEG nor a PNG/, /Upload it as JPEG or PNG/],
      ['nothing.jpg', Buffer.alloc(0), /The file is empty/, /Choose a JPEG or PNG photograph/],
      ['wall.png', await paintedWall(page), /No face was found/, /photograph/],
    ]
    for (const [name, bytes, sentence, remedy] of files) {
      await offer(name, bytes)
      await page.locator('[role=alert]').filter({ hasText: sentence }).waitFor()
      expect(await page.locator('[role=alert]').count(), `one notice for ${name}`).toBe(1)
      expect(await page.locator('[role=alert]').innerText()).toMatch(remedy)
      expect(await page.locator('form').count()).toBe(0)
    }
    await page.setInputFiles('input[type=file]', file)
    await page.waitForSelector('h2:text-is("One face was found")')
    expect(await page.locator('[role=alert]').count()).toBe(0)
    await page.waitForSelector('form')
    await expectAccessibleAnyway(page)
    await page.context().close()
  })

  /** A picture with nobody in it. */
  async function paintedWall(page: Page): Promise<Buffer> {
    const address = await page.evaluate(`(() => {
      const canvas = document.createElement('canvas')
      canvas.width = 480
      canvas.height = 360
      const pen = canvas.getContext('2d')
      for (let at = 0; at < 480; at += 40) {
        pen.fillStyle = at % 80 === 0 ? '#9aa7a0' : '#5b6a72'
        pen.fillRect(at, 0, 40, 360)
      }
      return canvas.toDataURL('image/png')
    })()`)
    return Buffer.from(String(address).split(',')[1] ?? '', 'base64')
  }

  it('takes the same file again after it was mended', async () => {
    const { page, open } = await deskOf('rivera')
    await open('/requests/new')
    await page.setInputFiles('input[type=file]', { name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) })
    await page.waitForSelector('[role=alert]')
    expect(await page.inputValue('input[type=file]'), 'the field is ready for another choice').toBe('')
    await page.context().close()
  })

  it("shows nothing of another agency's request, and says so", async () => {
    const { request } = await filedRequest(await server.signIn('rivera'), file)
    const { page, open } = await deskOf('brandt')
    await open(`/requests/${request.id}`)
    await page.waitForSelector('[role=alert]')
    expect(await main(page)).toMatch(/There is no such|belongs to another agency/)
    expect(await main(page)).not.toMatch(/HC-26|Shop owner|Rivera/)
    expect(await page.locator('main img').count()).toBe(0)
    await page.context().close()
  })

  it('leads to the sign-in and back to the same page when the session ended in another tab', async () => {
    const { page, open } = await deskOf('rivera')
    await open('/policy')
    const other = await page.context().newPage()
    await other.goto('/requests')
    await other.click('text=Sign out')
    await other.waitForURL('**/sign-in')
    await page.bringToFront()
    await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`)
    await page.waitForURL('**/sign-in?next=%2Fpolicy')
    await signInHere(page)
    await page.waitForURL('**/policy')
    await page.waitForSelector('h1:text-is("Policy")')
    await page.context().close()
  })

  it.each(['//elsewhere.example/requests', 'https://elsewhere.example/requests'])(
    'never leads to another site after signing in: %s',
    async (next) => {
      const { page, complaints: own } = await openPage(browser, { baseURL: server.url })
      complaints.push(own)
      await page.goto(`/sign-in?next=${next}`)
      await signInHere(page)
      await page.waitForURL(`${server.url}/requests`)
      await page.context().close()
    },
  )

  async function signInHere(page: Page): Promise<void> {
    await page.fill('#username', 'rivera')
    await page.fill('#password', await server.passwordOf('rivera'))
    await page.check('#acknowledged')
    await page.click('button[type=submit]')
  }

  it('a moratorium started in the console refuses the next request and is on every page until lifted', async () => {
    const [supervisor, investigator] = [await deskOf('moss'), await deskOf('rivera')]
    await investigator.open('/requests/new')
    await investigator.page.setInputFiles('input[type=file]', file)
    await fillRequest(investigator.page, 'HC-26-004218')
    expect(await investigator.page.locator('.calm-banner').count()).toBe(0)
    await supervisor.open('/policy')
    await haltOrLift(supervisor.page, 'Halt all searches', 'The camera network was tampered with.')
    await supervisor.page.waitForSelector('.calm-banner')
    await investigator.page.click('form button[type=submit]')
    await investigator.page.waitForSelector('h1:text-is("Refused")')
    expect(await main(investigator.page)).toMatch(/moratorium/i)
    expect(await investigator.page.locator('.calm-banner').innerText()).toContain(
      'The camera network was tampered with.',
    )
    await haltOrLift(supervisor.page, 'Lift', 'The cameras were checked.')
    await supervisor.page.waitForSelector('.calm-banner', { state: 'detached' })
    expect((await filedRequest(await server.signIn('rivera'), file)).decision.outcome).toBe('permitted')
    await investigator.open('/requests')
    expect(await investigator.page.locator('.calm-banner').count()).toBe(0)
    for (const { page } of [supervisor, investigator]) await page.context().close()
  })

  async function haltOrLift(page: Page, words: string, reason: string): Promise<void> {
    await page.locator('.moratorium').getByRole('button', { name: words }).click()
    const confirm = page.locator('.dialog__actions .button').first()
    await confirm.click()
    expect(await page.locator('.dialog').innerText()).toContain('A reason is needed.')
    await page.fill('#moratorium-reason', reason)
    await confirm.click()
    await page.waitForSelector('.dialog', { state: 'detached' })
  }

  it('the pages complained of nothing', () => expect(complaints.flat()).toEqual([]))
})
