import type { Outcome } from '../base/index.ts'
import { openTestCounty, type TestCounty, type VerifiedConclusion } from '../examination/index.ts'
import { type CorroborationInput, recordCorroboration } from './corroborate-lead.ts'
import type { CorroborationRecord } from './corroboration.ts'
import { issueLead } from './issue-lead.ts'
import type { Lead } from './lead.ts'

/** For tests: the county with what leads need on top. */
export interface TestLeads extends TestCounty {
  /** A searched request on which first and second agree about the candidate of that rank. */
  verified(rank?: number): Promise<VerifiedConclusion>
  issued(): Promise<Lead>
  corroborated(lead: Lead, changes?: Partial<CorroborationInput>): Promise<CorroborationRecord>
}

export async function openTestLeads(...engine: Parameters<typeof openTestCounty>): Promise<TestLeads> {
  const county = await openTestCounty(...engine)
  const { deps, people } = county
  const verified = async (rank = 1) => {
    const request = await county.searched()
    await county.examine(people.first, request, { lead: rank, limitations: 'The left ear is covered.' })
    const signed = await county.examine(people.second, request, { lead: rank })
    if (signed.verified === undefined) throw new Error('The examiners did not agree.')
    return signed.verified
  }
  return {
    ...county,
    verified,
    issued: async () => must(await issueLead(deps, people.second, await verified())),
    corroborated: async (lead, changes) =>
      must(await recordCorroboration(deps, people.requester, { ...fingerprint(lead.id), ...changes })),
  }
}

export function fingerprint(lead: string): CorroborationInput {
  return {
    ...{ lead, type: 'fingerprint', independentOfLead: true, derivedFromLead: false },
    ...{ obtainedAt: '2026-11-20', reference: 'LAB-2026-0311' },
  }
}

export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message}`)
}

export function codeOf(outcome: Outcome<unknown>): string {
  return outcome.ok ? 'ok' : outcome.problem.code
}
