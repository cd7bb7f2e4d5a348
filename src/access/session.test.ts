import { describe, expect, it } from 'vitest'
import { ABSOLUTE_LIMIT_MS, IDLE_LIMIT_MS, newToken, sessionState, tokenHash } from './session.ts'

describe('newToken', () => {
  it('carries 256 bits and never comes twice', () => {
    const tokens = Array.from({ length: 200 }, newToken)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(new Set(tokens).size).toBe(200)
  })

  it('is kept as a hash that does not contain it', () => {
    expect(tokenHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('sessionState', () => {
  const start = new Date('2026-11-22T08:00:00Z')
  const later = (milliseconds: number) => new Date(start.getTime() + milliseconds)
  const times = (seen: number, closedAt: Date | null = null) => ({ openedAt: start, seenAt: later(seen), closedAt })

  it('is idle from the 30th minute without use', () => {
    expect(sessionState(times(0), later(IDLE_LIMIT_MS - 1))).toBe('open')
    expect(sessionState(times(0), later(IDLE_LIMIT_MS))).toBe('idle')
  })

  it('is old from the 12th hour, however busy', () => {
    expect(sessionState(times(ABSOLUTE_LIMIT_MS - 5), later(ABSOLUTE_LIMIT_MS - 1))).toBe('open')
    expect(sessionState(times(ABSOLUTE_LIMIT_MS - 5), later(ABSOLUTE_LIMIT_MS))).toBe('old')
  })

  it('stays closed', () => {
    expect(sessionState(times(0, later(5)), later(6))).toBe('closed')
  })
})
