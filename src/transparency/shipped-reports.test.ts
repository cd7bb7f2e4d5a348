import { afterEach, describe, expect, it } from 'vitest'
import { digestOf } from '../evaluation/index.ts'
import { readShippedReports } from './shipped-reports.ts'
import { folderOf, reportOf } from './transparency.fixture.ts'

const opened: { remove(): Promise<void> }[] = []

afterEach(async () => {
  for (const folder of opened.splice(0)) await folder.remove()
})

async function read(files: Readonly<Record<string, string>>) {
  const folder = await folderOf(files)
  opened.push(folder)
  return await readShippedReports(folder.path)
}

describe('readShippedReports', () => {
  it('reads every report of the folder with the digest that an approval would name', async () => {
    const report = await reportOf()
    const { reports, leftOut } = await read({
      'b.json': JSON.stringify(report, null, 2),
      'a.json': JSON.stringify(report),
    })
    expect(leftOut).toEqual([])
    expect(reports.map(({ file }) => file)).toEqual(['a.json', 'b.json'])
    expect(new Set(reports.map(({ digest }) => digest))).toEqual(new Set([digestOf(report)]))
    expect(reports[0]).toMatchObject({ modelSha256: report.model.sha256, figures: { set: { name: report.set.name } } })
  })

  it('leaves out what is damaged or unknown, one sentence each, and keeps the rest', async () => {
    const report = await reportOf()
    const { reports, leftOut } = await read({
      'cut.json': JSON.stringify(report).slice(0, 500),
      'good.json': JSON.stringify(report),
      'newer.json': JSON.stringify({ ...report, schemaVersion: 9 }),
      'other.json': '[1, 2]',
      'readme.md': 'No report.',
    })
    expect(reports.map(({ file }) => file)).toEqual(['good.json'])
    expect(leftOut).toEqual([
      'The report cut.json is no JSON and was left out.',
      "The report newer.json was left out. The report's schemaVersion is not as an evaluation writes it.",
      "The report other.json was left out. The report's content is not as an evaluation writes it.",
    ])
  })

  it('an empty folder, or none, is no trouble: the card then says that nothing was measured', async () => {
    expect(await read({})).toEqual({ reports: [], leftOut: [] })
    expect(await readShippedReports('/no/such/folder')).toEqual({ reports: [], leftOut: [] })
  })

  it('what this version ships can be read, the labels as the set has them first', async () => {
    const { reports, leftOut } = await readShippedReports()
    expect(leftOut).toEqual([])
    expect(reports.map(({ file }) => file)).toEqual([
      'lfw-view1-as-labelled.json',
      'lfw-view1-labels-set-right.json',
      'studio-portraits-among-office-holders.json',
    ])
  })
})
