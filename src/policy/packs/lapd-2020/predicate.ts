import type { Directive } from '../../directive.ts'

export const predicate: Directive = {
  id: 'predicate',
  title: 'Reasonable suspicion',
  text:
    'A search rests on reasonable suspicion, probable cause, an emergency or a court order, and the ' +
    'request says why. To name a person who cannot say who they are, the reason alone is enough.',
  cedar: `@id("predicate")
@code("predicate_missing")
forbid (principal is Account, action == Action::"search", resource is Gallery)
unless {
  context.narrativeLength > 0 &&
  (context.purpose == "person_unable" ||
    ["reasonable_suspicion", "probable_cause", "emergency", "court_order"].contains(context.predicate))
};`,
  code: 'predicate_missing',
  sentence: 'The request does not state what the search rests on.',
  remedy: 'File the request again with the ground and what supports it, in your own words.',
  satisfied: 'The request states what the search rests on.',
  sources: ['LACRIS member policy 2020', 'Police Commission policy of 12 January 2021'],
}
