import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { createFakeEngine } from '../engine/index.ts'
import type { EvaluationReport } from '../evaluation/index.ts'
import { buildCli, type CliDeps } from './index.ts'

let folder = ''
let people = ''
let opened = 0
let closed = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countenance-evaluate-'))
  people = join(folder, 'people')
  for (let person = 0; person < 12; person += 1) {
    const name = `p${String(person).padStart(2, '0')}`
    await mkdir(join(people, name), { recursive: true })
    for (const photo of [1, 2]) await writeFile(join(people, name, `${photo}.jpg`), `PERSON:${name}:${photo}`)
  }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let printed = ''
beforeEach(() => {
  ;[printed, opened, closed] = ['', 0, 0]
  process.exitCode = 0
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      printed += String(text)
      return true
    })
  }
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = 0
})

/** A command line in which everything but the engine would fail: an evaluation needs nothing else. */
const never = (): never => {
  throw new Error('An evaluation opens no database, asks no password and serves nobody.')
}
const deps: CliDeps = {
  ...{ open: never, serve: never, examineMachine: never, password: never, newPassword: never },
  openEvaluation: async () => {
    opened += 1
    const close = async () => {
      closed += 1
    }
    return { engine: createFakeEngine(), clock: fixedClock('2026-01-02T03:04:05Z'), close }
  },
}

async function run(...words: readonly string[]): Promise<{ code: unknown; out: string }> {
  await buildCli(deps).run(['evaluate', ...words])
  return { code: process.exitCode, out: printed }
}

describe('evaluate', () => {
  it('prints the tables without a database and without signing in, and closes the engine', async () => {
    const { code, out } = await run(people)
    expect(code).toBe(0)
    expect(out).toContain('24 photographs of 12 people')
    expect(out).toContain('N = 9 enrolled, 9 mated, 6 non-mated')
    expect(out).toMatch(/FNIR\(N,R,0\)[\s\S]*FNIR\(N,L,T\)/)
    expect([opened, closed]).toEqual([1, 1])
  })

  it('writes the page and the data where it is told', async () => {
    const [html, json] = [join(folder, 'report.html'), join(folder, 'report.json')]
    const { out } = await run(people, '--html', html, '--json', json, '--seed', '3', '--left-out', '4')
    expect(out).toContain(`Written: ${html}`)
    const report = JSON.parse(await readFile(json, 'utf8')) as EvaluationReport
    expect(report.protocol).toMatchObject({ seed: 3, leftOut: 4, enrolled: 8 })
    expect(await readFile(html, 'utf8')).toContain('<h1>How accurate is fake-engine-1?</h1>')
  })

  it('takes the first people only', async () => {
    expect((await run(people, '--limit', '5')).out).toContain('10 photographs of 5 people')
  })

  it('names each line of the CSV that cannot be used, and goes on with the others', async () => {
    const csv = join(folder, 'list.csv')
    const lines = ['p01/1.jpg,a,F', 'p01/2.jpg,a,F', 'p02/9.jpg,b,M', 'p03/1.jpg,c,lady', 'p04/1.jpg,d,M']
    await writeFile(csv, ['file,subject,sex', ...lines].join('\n'))
    const { code, out } = await run(people, '--csv', csv)
    expect(code).toBe(0)
    expect(out).toMatch(/list\.csv, line 4, column file: There is no file p02\/9\.jpg.*\(file_missing\)/)
    expect(out).toMatch(/list\.csv, line 5, column sex: .*Write F, M, X or U.*\(sex_unusable\)/)
    expect(out).toContain('3 photographs of 2 people')
  })

  it('shows twenty bad lines and counts the others', async () => {
    const csv = join(folder, 'long.csv')
    const bad = Array.from({ length: 25 }, (_, at) => `gone${at}.jpg,x`)
    await writeFile(csv, ['file,subject', 'p01/1.jpg,a', 'p01/2.jpg,a', ...bad].join('\n'))
    const { out } = await run(people, '--csv', csv)
    expect([...out.matchAll(/file_missing/g)]).toHaveLength(20)
    expect(out).toContain('... and 5 more.')
  })
})

describe('evaluate, given what cannot be used', () => {
  it.each([
    [['--left-out', '0'], 'number_unusable', 0],
    [['--left-out', 'some'], 'number_unusable', 0],
    [['--seed', '-1'], 'number_unusable', 0],
    [['--limit', '1.5'], 'number_unusable', 0],
    [['--csv', 'gone.csv'], 'csv_missing', 0],
    [['--html', 'gone/report.html'], 'folder_missing', 0],
    [['--left-out', '12'], 'left_out_unusable', 1],
  ])('%j is one sentence with its code (%s)', async (words, code, engines) => {
    const answer = await run(people, ...words)
    expect(answer.code).toBe(1)
    expect(answer.out).toMatch(new RegExp(`\\((refusal|failure): ${code}\\)`))
    expect([opened, closed]).toEqual([engines, engines])
  })

  it('a folder that is not there, and one without people', async () => {
    expect((await run(join(folder, 'gone'))).out).toMatch(/There is no folder .*gone[\s\S]*folder_missing/)
    printed = ''
    expect((await run(join(people, 'p01'))).out).toContain('no_images')
  })

  it('nobody with two photographs, and nothing but unreadable ones', async () => {
    const single = join(folder, 'single')
    for (const name of ['a', 'b']) await mkdir(join(single, name), { recursive: true })
    for (const name of ['a', 'b']) await writeFile(join(single, name, '1.jpg'), 'BROKEN')
    expect((await run(single)).out).toContain('nobody_with_two_photos')
    await writeFile(join(single, 'a', '2.jpg'), 'BROKEN')
    printed = ''
    expect((await run(single)).out).toMatch(/any of the 3 photographs \(unreadable_image\)[\s\S]*no_templates/)
    expect([opened, closed]).toEqual([2, 2])
  })

  it('a report that exists is not overwritten, and nothing is measured for it', async () => {
    const taken = join(folder, 'taken.html')
    await writeFile(taken, 'mine')
    expect(await run(people, '--html', taken)).toMatchObject({ code: 1, out: expect.stringContaining('file_exists') })
    expect(await readFile(taken, 'utf8')).toBe('mine')
    expect(opened).toBe(0)
  })

  it('closes the engine when the measuring breaks', async () => {
    const broken: CliDeps = {
      ...deps,
      openEvaluation: async () => {
        const evaluation = await deps.openEvaluation()
        const makeTemplate = () => Promise.reject(new Error('out of memory'))
        return { ...evaluation, engine: { ...evaluation.engine, makeTemplate } }
      },
    }
    await expect(buildCli(broken).run(['evaluate', people])).rejects.toThrow('out of memory')
    expect(closed).toBe(1)
  })
})
