import type { Directive } from '../../directive.ts'

export const investigator: Directive = {
  id: 'investigator',
  title: 'Investigators only',
  text: 'Only an investigator asks for a search.',
  cedar: `@id("investigator")
@code("investigator_required")
forbid (principal is Account, action == Action::"search", resource is Gallery)
unless { principal.roles.contains("investigator") };`,
  code: 'investigator_required',
  sentence: 'You do not hold the role of an investigator.',
  remedy: 'Ask an investigator to file the request.',
  satisfied: 'The requester is an investigator.',
  sources: ['LACRIS member policy 2020'],
}
