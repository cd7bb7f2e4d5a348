import type { Directive } from '../../directive.ts'

export const caseNumberForm: Directive = {
  id: 'case-number-form',
  title: 'Form of the case number',
  text: 'The case number is written the way the agency writes its case numbers.',
  cedar: `@id("case-number-form")
@code("case_number_malformed")
forbid (principal is Account, action == Action::"search", resource is Gallery)
when { context.caseNumber != "" && !context.caseNumberWellFormed };`,
  code: 'case_number_malformed',
  sentence: 'The case number {caseNumber} is not written the way your agency writes case numbers.',
  remedy: 'File the request again with a case number like {caseNumberExample}.',
  satisfied: 'The case number, if given, is well formed.',
  sources: ['LAPD directive of 13 November 2020', 'LACRIS member policy 2020'],
}
