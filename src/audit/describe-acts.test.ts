import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ACTS } from './acts.ts'
import { describeActs } from './describe-acts.ts'

const PAGE = join(import.meta.dirname, '../../docs/audit-acts.md')

it('docs/audit-acts.md is what the registry says', () => {
  if (process.env.WRITE_DOCS !== undefined) writeFileSync(PAGE, describeActs())
  expect(readFileSync(PAGE, 'utf8')).toBe(describeActs())
})

it('describes every act with its sentence, facts and privacy note', () => {
  const page = describeActs()
  for (const name of Object.keys(ACTS)) expect(page).toContain(`\n## ${name}\n`)
  expect(page).toContain('- facts: `source` id, `code` code, `line` count?')
  expect(page.match(/^- privacy: ./gm)).toHaveLength(Object.keys(ACTS).length)
})
