import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { activePack, listDirectives } from './active-pack.ts'
import type { Directive, Pack } from './directive.ts'
import { openPack, packDigest } from './open-pack.ts'
import { lapd2020 } from './packs/lapd-2020/pack.ts'

function withCedar(id: string, cedar: string): Pack {
  return { ...lapd2020, directives: lapd2020.directives.map((one) => (one.id === id ? { ...one, cedar } : one)) }
}

function rule(condition: string, annotations = '@id("conflict") @code("conflict_declared")'): Pack {
  return withCedar('conflict', `${annotations} forbid (principal, action, resource) when { ${condition} };`)
}

describe('a pack that cannot be used is refused at start', () => {
  it.each<[string, Pack, RegExp]>([
    ['a misspelt fact', rule('context.conflictDeclard'), /conflictDeclared/],
    ['a comparison of unlike things', rule('context.limit == "20"'), /conflict/],
    ['a certificate read without asking whether it is there', rule('context.certificate.track == "x"'), /certificate/],
    ['text that is no directive', withCedar('conflict', 'perhaps'), /conflict cannot be used/],
    ['another code than its record says', rule('context.attested', '@id("conflict") @code("other")'), /other/],
    ['another id', rule('context.attested', '@id("x") @code("conflict_declared")'), /annotations/],
    ['no annotations', rule('context.attested', ''), /annotations/],
    ['a rule that can never apply', rule('false'), /conflict/],
    ['a broken schema', { ...lapd2020, schema: 'entity' }, /schema cannot be read/],
    ['an id that stands twice', { ...lapd2020, directives: [...lapd2020.directives, ...lapd2020.directives] }, /twice/],
    ['nothing that permits', { ...lapd2020, directives: lapd2020.directives.slice(1) }, /nothing in it permits/],
  ])('%s', (_what, pack, why) => {
    expect(() => openPack(pack)).toThrow(expect.objectContaining({ code: 'pack_invalid' }))
    expect(() => openPack(pack)).toThrow(why)
  })
})

describe('the digest of a pack', () => {
  const fields = ['id', 'title', 'text', 'cedar', 'code', 'sentence', 'remedy', 'satisfied'] as const

  it.each(fields)('changes with the %s of a directive', (field) => {
    const [first, ...rest] = lapd2020.directives as [Directive, ...Directive[]]
    const changed = { ...lapd2020, directives: [{ ...first, [field]: `${first[field]} ` }, ...rest] }
    expect(packDigest(changed)).not.toBe(packDigest(lapd2020))
  })

  it('changes with the order, the schema and the name, and with nothing else', () => {
    const digests = [
      packDigest({ ...lapd2020, directives: lapd2020.directives.toReversed() }),
      packDigest({ ...lapd2020, schema: `${lapd2020.schema} ` }),
      packDigest({ ...lapd2020, id: 'lapd-2021' }),
      packDigest(lapd2020),
    ]
    expect(new Set(digests).size).toBe(4)
    expect(packDigest({ ...lapd2020 })).toBe(activePack().digest)
  })
})

describe('the directives in force', () => {
  it('are listed with text, Cedar text, code and sources', () => {
    const { pack, digest, directives } = listDirectives()
    expect(pack).toBe('lapd-2020')
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    for (const directive of directives) {
      expect(directive.cedar).toContain(`@code("${directive.code}")`)
      for (const text of [directive.text, directive.sentence, directive.remedy, directive.satisfied]) {
        expect(text).toMatch(/^[A-Z].*\.$/)
      }
      expect(directive.sources.length).toBeGreaterThan(0)
    }
    expect(new Set(directives.map((one) => one.code)).size).toBe(directives.length)
  })

  it('stand in one file each, none forgotten', () => {
    const files = readdirSync(new URL('./packs/lapd-2020', import.meta.url))
    const named = files.filter((name) => !['pack.ts', 'schema.ts'].includes(name)).map((name) => name.slice(0, -3))
    expect(named.sort()).toEqual(lapd2020.directives.map((one) => one.id).sort())
  })

  it('each has its line in docs/policy.md, with its code and a test file that is there', () => {
    const page = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8')
    const lines = page.split('\n').filter((line) => /^\| [A-Z]/.test(line))
    expect(lines).toHaveLength(lapd2020.directives.length)
    for (const { id, code } of lapd2020.directives) {
      const line = lines.find((one) => one.includes(`| \`${id}\` | \`${code}\` |`))
      const tests = [...(line ?? '').matchAll(/`(src\/[^`]+\.test\.ts)`/g)].map((found) => found[1] ?? '')
      expect(tests.length, id).toBeGreaterThan(0)
      for (const test of tests) {
        expect(readFileSync(new URL(`../../${test}`, import.meta.url), 'utf8'), `${test}: ${code}`).toContain(code)
      }
    }
  })
})
