import type { Directive } from '../../directive.ts'

export const authorisedGallery: Directive = {
  id: 'authorised-gallery',
  title: 'Authorised gallery only',
  text:
    'A search may only run on booking photographs of the county system. No gallery that was collected ' +
    'from the web or bought is used.',
  cedar: `@id("authorised-gallery")
@code("gallery_class_not_authorised")
permit (principal is Account, action == Action::"search", resource is Gallery)
when { ["county_booking"].containsAll(resource.classes) };`,
  code: 'gallery_class_not_authorised',
  sentence: 'The gallery holds photographs that are not county booking photographs.',
  remedy: 'Remove the source that is not authorised, then ask again.',
  satisfied: 'The gallery holds county booking photographs only.',
  sources: ['LAPD directive of 13 November 2020', 'LACRIS member policy 2020'],
}
