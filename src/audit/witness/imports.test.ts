import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('a witness needs tlog, base and Node, and nothing else of the product', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !/\.(test|fixture)\.ts$/.test(name))
  const imports = files.flatMap((name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8')
    return [...text.matchAll(/ from '([^']+)'/g)].map(([, from]) => from ?? '')
  })
  expect(imports.length).toBeGreaterThan(20)
  const own = /^(node:.+|\.\/[a-z-]+\.ts|\.\.\/tlog\/index\.ts|\.\.\/\.\.\/base\/index\.ts)$/
  expect(imports.filter((from) => !own.test(from))).toEqual([])
})
