import { describe, expect, expectTypeOf, it } from 'vitest'
import { ACTS, type ActFacts, type ActName, actKind, isActName, readSpec } from './acts.ts'

const EXPECTED = `agency.registered account.opened account.suspended account.released
account.password.changed account.password.refused session.opened session.refused session.closed
certificate.issued certificate.revoked source.registered booking.enrolled booking.refused booking.sealed
booking.unsealed index.rebuilt gallery.moved enrolment.finished model.registered model.refused
evaluation.attached operating.point.proposed operating.point.refused operating.point.approved operating.point.rejected
operating.point.activated gallery.retemplated probe.received probe.refused request.submitted request.permitted request.refused moratorium.started moratorium.lifted
search.authorised search.completed search.failed examination.opened examination.released examination.signed
examination.resolved lead.issued corroboration.recorded arrest.recorded arrest.refused lead.sheet.rendered record.withheld log.read log.exported
log.verified log.faulted log.alarm log.unwitnessed log.witnessed engine.loaded server.started`.split(/\s+/)

describe('the registry of acts', () => {
  it('has every act, and no other', () => {
    expect(Object.keys(ACTS).sort()).toEqual([...EXPECTED].sort())
  })

  it('gives the facts of each act their types', () => {
    expectTypeOf<ActFacts<'search.completed'>>().toEqualTypeOf<{
      readonly request: string
      readonly searched: number
      readonly returned: number
      readonly threshold: number
      readonly listDigest: string
      readonly enrolled?: number
      readonly certified?: boolean
      readonly k?: number
      readonly bound?: number
    }>()
    expectTypeOf<ActFacts<'corroboration.recorded'>['independent']>().toEqualTypeOf<boolean>()
    expectTypeOf<ActFacts<'request.refused'>['codes']>().toEqualTypeOf<readonly string[]>()
    expectTypeOf<ActFacts<'session.closed'>>().toEqualTypeOf<Readonly<Record<string, never>>>()
    expectTypeOf<{ reason: 'credentials_wrong' }>().toExtend<ActFacts<'session.refused'>>()
    expectTypeOf<ActFacts<'probe.refused' | 'server.started'>>().toEqualTypeOf<
      { readonly code: string } | { readonly version: string }
    >()
    expectTypeOf<{ source: string }>().not.toExtend<ActFacts<'booking.refused'>>()
  })

  it('fills every placeholder of a sentence from the entry itself', () => {
    for (const [name, kind] of Object.entries(ACTS)) {
      const known = ['actor', 'agency', ...(kind.about === null ? [] : ['about']), ...Object.keys(kind.facts)]
      const used = [...kind.sentence.matchAll(/\{(\w+)\}/g)].map((found) => found[1])
      expect(
        used.filter((word) => !known.includes(word as string)),
        name,
      ).toEqual([])
    }
  })

  it('writes sentences and a privacy note for each act', () => {
    for (const [name, kind] of Object.entries(ACTS)) {
      expect(kind.sentence, name).toMatch(/^(\{actor\}|[A-Z]).*\.$/)
      expect(kind.privacy, name).toMatch(/^[A-Z].*\.$/)
      expect(name).toMatch(/^[a-z]+(\.[a-z]+){1,2}$/)
    }
  })

  it('never lets a fact take the name of a field of the entry', () => {
    const facts = Object.values(ACTS).flatMap((kind) => Object.keys(kind.facts))
    expect(facts.filter((fact) => ['actor', 'agency', 'about', 'act', 'at', 'seq', 'v'].includes(fact))).toEqual([])
  })

  it('is closed: inherited names are no acts', () => {
    for (const name of ['', 'constructor', '__proto__', 'toString', 'search.done']) expect(isActName(name)).toBe(false)
    expect(isActName('search.completed')).toBe(true)
    expect(actKind('log.read' satisfies ActName).about).toBeNull()
  })

  it('reads what may be left out', () => {
    expect(readSpec('count?')).toEqual({ kind: 'count', required: false })
    expect(readSpec('digest')).toEqual({ kind: 'digest', required: true })
  })
})
