export interface Disclaimer {
  readonly version: string
  readonly title: string
  readonly sentences: readonly string[]
}

/** Every wording ever printed, newest last; a lead keeps the version it was issued with. */
export const DISCLAIMERS = [
  {
    version: '2026-11',
    title: 'This is an investigative lead, not an identification.',
    sentences: [
      'A computer program ordered booking photographs by how similar they look to the probe, and two examiners, working apart, could not exclude one of them.',
      'People who are not related can look alike. The person shown may have nothing to do with the case.',
      'By itself this lead may not be probable cause for an arrest, a search or a warrant. Independent evidence is required.',
      'Whoever relies on this lead must say so, and must hand over this whole sheet, the other candidates included.',
    ],
  },
] as const satisfies readonly Disclaimer[]

export const DISCLAIMER: Disclaimer = DISCLAIMERS[DISCLAIMERS.length - 1] ?? DISCLAIMERS[0]

export function disclaimerOf(version: string): Disclaimer {
  return DISCLAIMERS.find((disclaimer) => disclaimer.version === version) ?? DISCLAIMER
}

/** The disclaimer as one paragraph. */
export function disclaimerText(disclaimer: Disclaimer): string {
  return [disclaimer.title, ...disclaimer.sentences].join(' ')
}
