import type { Directive } from '../../directive.ts'

export const noMoratorium: Directive = {
  id: 'no-moratorium',
  title: 'No moratorium',
  text: 'While a moratorium is in force, no search is made.',
  cedar: `@id("no-moratorium")
@code("moratorium")
forbid (principal is Account, action == Action::"search", resource is Gallery)
when { context.moratorium };`,
  code: 'moratorium',
  sentence: 'A moratorium is in force: no search is made.',
  remedy: 'Wait until the moratorium is lifted, then ask again.',
  satisfied: 'No moratorium is in force.',
  sources: ['Moratorium of November 2020'],
}
