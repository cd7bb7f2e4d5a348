import type { Directive } from '../../directive.ts'

export const noAdministrator: Directive = {
  id: 'no-administrator',
  title: 'Administrators cannot search',
  text: 'Whoever keeps accounts, policy and engine cannot ask for a search.',
  cedar: `@id("no-administrator")
@code("administrator_cannot_search")
forbid (principal is Account, action == Action::"search", resource is Gallery)
when { principal.roles.contains("administrator") };`,
  code: 'administrator_cannot_search',
  sentence: 'Administrators cannot ask for a search.',
  remedy: 'Ask an investigator to file the request.',
  satisfied: 'The requester is no administrator.',
  sources: ['Separation of duties'],
}
