import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IndexFiles } from './index-files.ts'
import { pagesOf } from './test-history.fixture.ts'
import {
  dropFolders,
  factsOfRow,
  loadFolder,
  makeFolder,
  openTestFiles,
  RowsCopy,
  recordsOf,
} from './test-index.fixture.ts'

type Step =
  | { readonly kind: 'add'; readonly rows: number }
  | { readonly kind: 'facts' | 'remove'; readonly picks: readonly number[] }
  | { readonly kind: 'rewrite' | 'reopen' | 'nothing' }

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 30 })
const steps = fc.oneof<fc.Arbitrary<Step>[]>(
  fc.record({ kind: fc.constant('add' as const), rows: fc.integer({ min: 1, max: 1100 }) }),
  fc.record({ kind: fc.constantFrom('facts' as const, 'remove' as const), picks }),
  fc.record({ kind: fc.constantFrom('rewrite' as const, 'reopen' as const, 'nothing' as const) }),
)

/** An index in memory and its files, kept the same. */
class Both {
  readonly copy = new RowsCopy()
  readonly folder: string
  files: IndexFiles
  position = 0

  constructor(folder: string, files: IndexFiles) {
    this.folder = folder
    this.files = files
  }

  async take(step: Step): Promise<void> {
    if (step.kind === 'add') await this.add(step.rows)
    if (step.kind === 'facts') await this.change(step.picks)
    if (step.kind === 'remove') await this.remove(step.picks)
    if (step.kind === 'nothing') expect(await this.files.appendPosition(++this.position)).toBe(true)
    if (step.kind === 'rewrite') expect(await this.files.rewrite(this.position, pagesOf(this.copy))).toBe(true)
    if (step.kind === 'reopen') await this.reopen()
  }

  async add(rows: number): Promise<void> {
    const records = recordsOf(this.position + 1, rows)
    this.position += rows
    this.copy.onRecords(records)
    expect(await this.files.appendAdded(records, this.position)).toBe(true)
  }

  async change(from: readonly number[]): Promise<void> {
    const changes = this.rowsOf(from).map((row) => factsOfRow(row, ++this.position))
    for (const change of changes) this.copy.onChange({ kind: 'facts', ...change })
    expect(await this.files.appendFacts(changes, this.position)).toBe(true)
  }

  async remove(from: readonly number[]): Promise<void> {
    const rows = this.rowsOf(from)
    this.position += rows.length
    for (const row of rows) this.copy.onChange({ kind: 'removed', row })
    expect(await this.files.removeRows(rows, this.position)).toBe(true)
  }

  async reopen(): Promise<void> {
    await this.files.close()
    this.files = await openTestFiles(this.folder)
    const loaded = new RowsCopy()
    expect(await this.files.load(loaded)).toMatchObject({ state: 'loaded', position: this.position })
    expect(loaded.text()).toEqual(this.copy.text())
  }

  /** Different live rows. */
  rowsOf(from: readonly number[]): number[] {
    const live = [...this.copy.rows.keys()]
    return live.length === 0 ? [] : [...new Set(from.map((pick) => live[pick % live.length] as number))]
  }
}

describe('any history of rows, facts, removals, snapshots and openings', () => {
  it('is given back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 12 }), async (history) => {
        const folder = await makeFolder()
        const both = new Both(folder, await openTestFiles(folder))
        await both.files.rewrite(0, [])
        for (const step of history) await both.take(step)
        await both.reopen()
        await both.files.close()
        expect((await loadFolder(folder)).copy.text()).toEqual(both.copy.text())
        await dropFolders([folder])
      }),
      { numRuns: 25 },
    )
  })
})
