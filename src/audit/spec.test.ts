import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asFile, exportOf, leafTexts } from './export.fixture.ts'
import { verifyExport } from './verify-export.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/spec/audit-log.md'), 'utf8')
const [, file = '', note = '', key = ''] = PAGE.split(/^```.*\n/m).filter((_, place) => place === 0 || place % 2 === 1)

describe('docs/spec/audit-log.md', () => {
  it('has an example that its own verifier finds whole', async () => {
    expect(await verifyExport([file], { verifierKey: key.trim() })).toMatchObject({ ok: true, size: 3, warnings: [] })
    expect(JSON.parse(file.split('\n')[0] ?? '').checkpoint).toBe(note)
  })

  it('has the example that this log would write', () => {
    expect(file).toBe(asFile(exportOf(leafTexts(3))))
  })

  it('lists every fault the verifier can find in an export', () => {
    const source = ['verify-export.ts', 'export-header.ts', 'sequence-check.ts', 'entry.ts']
      .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
      .join('\n')
    const codes = [...source.matchAll(/(?:code: |fault\(|broken\(|unfit\()'([a-z]+(?:_[a-z]+)+)'/g)].map(
      (found) => found[1],
    )
    expect(new Set(codes).size).toBeGreaterThanOrEqual(17)
    for (const code of codes) expect(PAGE).toContain(`\`${code}\``)
  })
})
