import { expect, it } from 'vitest'
import { certificateState } from './certificate-state.ts'

const NOW = '2026-11-22T12:00:00Z'

it.each([
  [
    'revoked beats everything',
    { expiresAt: '2030-01-01T00:00:00Z', revokedAt: '2026-01-01T00:00:00Z', valid: false },
    'stop',
    'revoked',
  ],
  ['expired', { expiresAt: '2026-11-01T00:00:00Z', revokedAt: null, valid: false }, 'stop', 'expired'],
  ['ends within sixty days', { expiresAt: '2027-01-20T12:00:00Z', revokedAt: null, valid: true }, 'wait', 'ends soon,'],
  ['sixty days exactly', { expiresAt: '2027-01-21T12:00:00Z', revokedAt: null, valid: true }, 'wait', 'ends soon,'],
  ['longer than that', { expiresAt: '2027-01-22T12:00:00Z', revokedAt: null, valid: true }, 'go', 'valid until'],
] as const)('%s', (_name, certificate, tone, words) => {
  expect(certificateState(certificate, NOW)).toEqual({ tone, words })
})
