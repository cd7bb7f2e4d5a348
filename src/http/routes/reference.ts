import { readDirectory, USE_BANNER } from '../../access/index.ts'
import { CONCLUSIONS, RELEASE_REASONS, VERDICTS } from '../../examination/index.ts'
import { searchableSources } from '../../gallery/index.ts'
import {
  ACQUISITION_BASES,
  CRIMES,
  DEPICTS,
  PREDICATES,
  PROBE_SOURCES,
  PURPOSES,
  RECORDED_SEXES,
} from '../../intake/index.ts'
import { CORROBORATION_TYPES, DISCLAIMER, disclaimerText } from '../../leads/index.ts'
import { actorOf } from '../authenticate.ts'
import { type Reference, referenceSchema, type Term } from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { answers } from '../route-docs.ts'

export function referenceRoutes(app: Door, deps: HttpDeps): void {
  const schema = {
    tags: ['reference'],
    summary: 'Words and choices of the forms',
    response: answers({ 200: referenceSchema }),
  }
  app.get('/reference', { schema }, async (request): Promise<Reference> => {
    const { own, agencies } = await readDirectory(deps, actorOf(request))
    const sources = await searchableSources(deps, actorOf(request))
    const { ori, name, caseNumberPattern, caseNumberExample } = own
    return {
      agency: { ori, name, caseNumberPattern, caseNumberExample },
      agencies: agencies.map((agency) => ({ ori: agency.ori, name: agency.name })),
      crimes: termsOf(CRIMES),
      purposes: termsOf(PURPOSES),
      predicates: termsOf(PREDICATES),
      probeSources: termsOf(PROBE_SOURCES),
      depicts: termsOf(DEPICTS),
      acquisitionBases: termsOf(ACQUISITION_BASES),
      sources: sources.map((source) => ({ code: source.id, label: source.name })),
      recordedSexes: termsOf(RECORDED_SEXES),
      verdicts: VERDICTS.map((verdict) => ({ ...verdict })),
      conclusions: termsOf(CONCLUSIONS),
      releaseReasons: termsOf(RELEASE_REASONS),
      corroborationTypes: termsOf(CORROBORATION_TYPES),
      disclaimer: disclaimerText(DISCLAIMER),
      banner: USE_BANNER,
    }
  })
}

function termsOf(terms: readonly Term[]): Term[] {
  return terms.map(({ code, label }) => ({ code, label }))
}
