import { describe, expect, it } from 'vitest'
import { currentPlace, homeOf, mayVisit, PLACES, placesFor } from './places.ts'

describe('places', () => {
  it('keeps an administrator away from searching and examining', () => {
    expect(mayVisit(['administrator'], '/requests/new')).toBe(false)
    expect(mayVisit(['administrator'], '/examinations')).toBe(false)
    expect(mayVisit(['administrator'], '/accounts')).toBe(true)
  })

  it('keeps examiners away from the requests, which tell about the case', () => {
    expect(placesFor(['examiner']).map((place) => place.path)).not.toContain('/requests')
  })

  it('joins the places of several roles without repeating one', () => {
    const paths = placesFor(['supervisor', 'auditor']).map((place) => place.path)
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths).toContain('/accounts')
  })

  it.each(['investigator', 'examiner', 'supervisor', 'custodian', 'auditor', 'administrator'] as const)(
    'sends a %s to a place they may visit',
    (role) => {
      expect(mayVisit([role], homeOf([role]))).toBe(true)
    },
  )

  it('lets everybody with a role read the policy', () => {
    const policy = PLACES.find((place) => place.path === '/policy')
    expect(policy?.roles).toHaveLength(6)
  })
})

describe('the model card', () => {
  it.each(['investigator', 'examiner', 'custodian'] as const)('%s may read it, without a place in the menu', (role) => {
    expect(mayVisit([role], '/model')).toBe(true)
    expect(placesFor([role]).map((place) => place.path)).not.toContain('/model')
  })

  it.each(['supervisor', 'auditor', 'administrator'] as const)('%s has it in the menu', (role) => {
    expect(placesFor([role]).map((place) => place.path)).toContain('/model')
  })
})

describe('currentPlace', () => {
  it.each([
    ['/requests', '/requests'],
    ['/requests/req_1', '/requests'],
    ['/requests/new', '/requests/new'],
    ['/leads/led_1', '/leads'],
    ['/', null],
    ['/logbook', null],
  ])('%s belongs to %s', (pathname, place) => {
    expect(currentPlace(pathname)).toBe(place)
  })
})
