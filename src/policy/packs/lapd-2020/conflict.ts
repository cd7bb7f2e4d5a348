import type { Directive } from '../../directive.ts'

export const conflict: Directive = {
  id: 'conflict',
  title: 'No conflict of interest',
  text: 'Nobody asks for a search in a matter in which they have declared a conflict.',
  cedar: `@id("conflict")
@code("conflict_declared")
forbid (principal is Account, action == Action::"search", resource is Gallery)
when { context.conflictDeclared };`,
  code: 'conflict_declared',
  sentence: 'You declared a conflict in this matter.',
  remedy: 'Hand the matter to an investigator without a conflict.',
  satisfied: 'The requester declares no conflict.',
  sources: ['Separation of duties'],
}
