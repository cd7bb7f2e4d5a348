import type { Directive } from '../../directive.ts'

export const certificate: Directive = {
  id: 'certificate',
  title: 'Certificate of completion',
  text: 'Whoever asks for a search has completed the training and holds a certificate that is valid today.',
  cedar: `@id("certificate")
@code("certificate_missing")
forbid (principal is Account, action == Action::"search", resource is Gallery)
unless {
  context has certificate &&
  context.certificate.track == "requester" &&
  context.now < context.certificate.expiresAt
};`,
  code: 'certificate_missing',
  sentence: 'You hold no valid certificate of completion for requesters.',
  remedy: 'Complete the training for requesters, or renew the certificate, then ask again.',
  satisfied: 'The requester holds a valid certificate of completion.',
  sources: ['LAPD directive of 13 November 2020'],
}
