import type { Directive } from '../../directive.ts'

export const ownAgency: Directive = {
  id: 'own-agency',
  title: 'Own agency only',
  text: "A search is made for the requester's own agency, never on behalf of another one.",
  cedar: `@id("own-agency")
@code("outside_agency")
forbid (principal is Account, action == Action::"search", resource is Gallery)
unless { context.beneficiaryOri == principal.ori };`,
  code: 'outside_agency',
  sentence: 'The search is asked for on behalf of {beneficiaryOri}, which is not your agency {ori}.',
  remedy: 'Refer the other agency to the county system; it asks for its own searches.',
  satisfied: "The search is for the requester's own agency.",
  sources: ['LAPD directive of 13 November 2020'],
}
