import { describe, expect, it } from 'vitest'
import { fixedClock } from '../base/index.ts'
import { NO_FILTER } from '../gallery/index.ts'
import type { Tx } from '../store/index.ts'
import { Permit, requirePermit } from './permit.ts'
import { spendPermit } from './spend-permit.ts'

const fields = {
  id: 'permit_1',
  agency: 'agcy_a',
  request: 'req_1',
  account: 'acct_1',
  policyDigest: 'd',
  expiresAt: '2026-11-22T15:15:00.00Z',
  filter: { ...NO_FILTER, sources: ['src_1'], sexes: ['F'] as const },
}
const genuine = Permit.issue(fields)
/** Compiles as a permit only because the test says so. */
const lookAlikes: readonly (readonly [string, unknown])[] = [
  ['an object with the same fields', { ...fields }],
  ['a copy of a permit', { ...genuine }],
  ['a permit through JSON', JSON.parse(JSON.stringify(genuine))],
  ['an object with the prototype of a permit', Object.create(Permit.prototype, {})],
  ['an heir of a permit', Object.create(genuine)],
  ['a proxy of a permit', new Proxy(genuine, {})],
  ['null', null],
  ['undefined', undefined],
  ['its id', 'permit_1'],
]

describe('a permit', () => {
  it('carries what it permits', () => {
    const { id, agency, request, account, policyDigest, expiresAt, filter } = genuine
    expect({ id, agency, request, account, policyDigest, expiresAt, filter }).toEqual(fields)
    expect(requirePermit(genuine)).toBe(genuine)
  })

  it('does not change with the row it was made from, nor by assignment', () => {
    const row = { ...fields }
    const permit = Permit.issue(row)
    row.request = 'req_2'
    expect(permit.request).toBe('req_1')
    expect(() => Object.assign(permit, { request: 'req_2' })).toThrow(TypeError)
  })

  it('has a filter that nobody widens, neither by the row it was made from nor in hand', () => {
    const sources = ['src_1']
    const permit = Permit.issue({ ...fields, filter: { ...NO_FILTER, sources, sexes: ['F'] } })
    sources.push('src_2')
    expect(permit.filter.sources).toEqual(['src_1'])
    expect(() => (permit.filter.sources as string[]).push('src_2')).toThrow(TypeError)
    expect(() => (permit.filter.sexes as string[]).push('M')).toThrow(TypeError)
    expect(() => Object.assign(permit.filter, { sexes: null })).toThrow(TypeError)
  })

  it.each(lookAlikes)('is not %s', (_what, value) => {
    expect(() => requirePermit(value)).toThrow(expect.objectContaining({ code: 'permit_invalid' }))
  })

  it.each(lookAlikes)('spending: %s is thrown out before the database is asked', async (_what, value) => {
    const clock = fixedClock('2026-11-22T15:00:00Z')
    const act = spendPermit({} as Tx, { clock }, value as Permit)
    await expect(act).rejects.toMatchObject({ name: 'PolicyError', code: 'permit_invalid' })
  })

  it('cannot be made or imitated for the compiler either', () => {
    const takes = (permit: Permit) => permit.id
    const imitation = { ...fields }
    // @ts-expect-error an object of the same shape is not a permit
    const read: () => string = () => takes(imitation)
    // @ts-expect-error the constructor is private
    const make: () => Permit = () => new Permit(fields)
    expect([typeof read, typeof make]).toEqual(['function', 'function'])
  })
})
