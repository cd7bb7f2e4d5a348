import type { AccountBody } from '../../api/types.ts'
import type { MarkTone } from '../../components/state-mark.tsx'

type Certificate = Pick<AccountBody['certificates'][number], 'expiresAt' | 'revokedAt' | 'valid'>

interface CertificateState {
  readonly tone: MarkTone
  /** Stands before the day. */
  readonly words: string
}

const SOON_DAYS = 60
const DAY = 86_400_000

/** How a certificate stands; the service says whether it is valid, this only words it. */
export function certificateState({ expiresAt, revokedAt, valid }: Certificate, now: string): CertificateState {
  if (revokedAt !== null) return { tone: 'stop', words: 'revoked' }
  if (!valid) return { tone: 'stop', words: 'expired' }
  const left = (Date.parse(expiresAt) - Date.parse(now)) / DAY
  return left <= SOON_DAYS ? { tone: 'wait', words: 'ends soon,' } : { tone: 'go', words: 'valid until' }
}
