import type { Directive } from '../../directive.ts'

export const depictedPerson: Directive = {
  id: 'depicted-person',
  title: 'The person depicted',
  text:
    'The probe is a photograph of the person to be named. A person who merely looks alike, a sketch, an ' +
    'artwork or a computer-made face is never searched.',
  cedar: `@id("depicted-person")
@code("probe_not_of_the_person")
forbid (principal is Account, action == Action::"search", resource is Gallery)
unless {
  ["person_sought", "victim", "witness", "missing", "deceased", "unable"].contains(context.depicts)
};`,
  code: 'probe_not_of_the_person',
  sentence: 'The photograph does not show the person to be named.',
  remedy: 'Ask for a search only with a photograph of the person themselves.',
  satisfied: 'The probe is a photograph of the person to be named.',
  sources: ['Georgetown Law, Garbage In, Garbage Out (2019)', 'Police Commission policy of 12 January 2021'],
}
