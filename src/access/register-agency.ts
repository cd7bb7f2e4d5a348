import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import type { INSTALLATION } from './actor.ts'
import { type Agency, caseNumberExpression, isOri } from './agency.ts'
import type { AccessDeps } from './deps.ts'
import { agencyByOri, insertAgency } from './records.ts'

export type RegisterAgencyCode = 'ori_malformed' | 'name_missing' | 'case_number_pattern_unusable' | 'ori_taken'

/** Adds an agency to the county; done only while a system is set up, by nobody who could be signed in. */
export async function registerAgency(
  deps: AccessDeps,
  _by: typeof INSTALLATION,
  input: Omit<Agency, 'id'>,
): Promise<Outcome<Agency, RegisterAgencyCode>> {
  const checked = checkAgency(input)
  if (!checked.ok) return checked
  return deps.store.act({ agency: null }, async (tx) => {
    if ((await agencyByOri(tx, input.ori)) !== null) return oriTaken(input.ori)
    const agency: Agency = { id: deps.ids.next('agcy'), ...input, name: input.name.trim() }
    await insertAgency(tx, agency, deps.clock.now())
    await append(tx, deps, {
      act: 'agency.registered',
      actor: null,
      agency: agency.id,
      about: agency.id,
      facts: { ori: agency.ori },
    })
    return done(agency)
  })
}

function checkAgency(input: Omit<Agency, 'id'>): Outcome<null, RegisterAgencyCode> {
  if (!isOri(input.ori)) {
    const detail = { where: 'ori' }
    return refuse('ori_malformed', `"${input.ori}" is not an ORI.`, 'Give the 9 characters, such as CA0194200.', detail)
  }
  if (input.name.trim() === '') {
    return refuse('name_missing', 'The agency has no name.', 'Give the name it is known by.', { where: 'name' })
  }
  const expression = caseNumberExpression(input.caseNumberPattern)
  if (expression === null || !expression.test(input.caseNumberExample)) {
    return refuse(
      'case_number_pattern_unusable',
      'The example case number does not fit the pattern, or the pattern is not a regular expression.',
      'Correct the pattern or the example.',
      { where: 'caseNumberPattern' },
    )
  }
  return done(null)
}

function oriTaken(ori: string): Outcome<never, 'ori_taken'> {
  return refuse('ori_taken', `An agency with the ORI ${ori} is registered already.`, 'Use the agency that is there.', {
    where: 'ori',
  })
}
