import type { Directive } from '../../directive.ts'

export const acquisition: Directive = {
  id: 'acquisition',
  title: 'Lawful acquisition',
  text: 'The requester attests that the probe was lawfully acquired.',
  cedar: `@id("acquisition")
@code("acquisition_not_attested")
forbid (principal is Account, action == Action::"search", resource is Gallery)
unless { context.attested };`,
  code: 'acquisition_not_attested',
  sentence: 'You did not attest that the photograph was lawfully acquired.',
  remedy: 'File the request again and attest it, if it is true.',
  satisfied: 'The requester attests that the probe was lawfully acquired.',
  sources: ['LACRIS member policy 2020'],
}
