import type { Directive } from '../../directive.ts'

export const crimeTypeKnown: Directive = {
  id: 'crime-type-known',
  title: 'Known crime type',
  text: 'The crime type is a code of the UCR list.',
  cedar: `@id("crime-type-known")
@code("crime_type_unknown")
forbid (principal is Account, action == Action::"search", resource is Gallery)
when { context.crimeCode != "" && !context.crimeKnown };`,
  code: 'crime_type_unknown',
  sentence: 'The crime type {crimeCode} is not a code of the UCR list.',
  remedy: 'File the request again with a crime type of the list.',
  satisfied: 'The crime type, if given, is a code of the UCR list.',
  sources: ['LAPD directive of 13 November 2020', 'UCR offence codes (NIEM OffenseCodeSimpleType)'],
}
