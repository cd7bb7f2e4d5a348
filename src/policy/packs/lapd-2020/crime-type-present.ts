import type { Directive } from '../../directive.ts'

export const crimeTypePresent: Directive = {
  id: 'crime-type-present',
  title: 'Crime type',
  text: 'Every search carries the type of the crime under investigation.',
  cedar: `@id("crime-type-present")
@code("crime_type_missing")
forbid (principal is Account, action == Action::"search", resource is Gallery)
when { context.crimeCode == "" };`,
  code: 'crime_type_missing',
  sentence: 'The request carries no crime type.',
  remedy: 'File the request again with the crime type.',
  satisfied: 'The request carries a crime type.',
  sources: ['LAPD directive of 13 November 2020'],
}
