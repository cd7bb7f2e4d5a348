import type { Directive } from '../../directive.ts'

export const caseNumberPresent: Directive = {
  id: 'case-number-present',
  title: 'Case number',
  text: 'Every search carries the number of an open case.',
  cedar: `@id("case-number-present")
@code("case_number_missing")
forbid (principal is Account, action == Action::"search", resource is Gallery)
when { context.caseNumber == "" };`,
  code: 'case_number_missing',
  sentence: 'The request carries no case number.',
  remedy: 'File the request again with the case number, like {caseNumberExample}.',
  satisfied: 'The request carries a case number.',
  sources: ['LAPD directive of 13 November 2020', 'LACRIS member policy 2020'],
}
