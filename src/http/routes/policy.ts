import type { Actor } from '../../access/index.ts'
import { displayNames } from '../../access/index.ts'
import {
  currentMoratorium,
  type Moratorium as KeptMoratorium,
  liftMoratorium,
  listDirectives,
  startMoratorium,
} from '../../policy/index.ts'
import { actorOf } from '../authenticate.ts'
import {
  type Moratorium,
  type MoratoriumState,
  moratoriumBody,
  moratoriumStateSchema,
  type Policy,
  policySchema,
} from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { valueFrom } from '../http-problem.ts'
import { answers, changes } from '../route-docs.ts'

const TAGS = { tags: ['policy'] }

export function policyRoutes(app: Door, deps: HttpDeps): void {
  const reading = {
    ...TAGS,
    summary: 'Directives in force, and the moratorium',
    response: answers({ 200: policySchema }),
  }
  app.get('/policy', { schema: reading }, async (request): Promise<Policy> => {
    const actor = actorOf(request)
    const { pack, digest, directives } = listDirectives()
    return {
      ...{ pack, digest },
      directives: directives.map(({ id, title, text, cedar, code, sources }) => {
        return { id, title, text, cedar, code, sources: [...sources] }
      }),
      moratorium: await moratoriumOf(deps, actor, await currentMoratorium(deps, actor)),
    }
  })

  const response = changes({ 200: moratoriumStateSchema }, 409, 422)
  const starting = { ...TAGS, summary: 'Stop every search of the agency', body: moratoriumBody, response }
  app.post('/policy/moratorium', { schema: starting }, async (request): Promise<MoratoriumState> => {
    const actor = actorOf(request)
    const started = valueFrom(await startMoratorium(deps, actor, request.body))
    return { moratorium: await moratoriumOf(deps, actor, started) }
  })

  const lifting = { ...TAGS, summary: 'Lift the moratorium', body: moratoriumBody, response }
  app.delete('/policy/moratorium', { schema: lifting }, async (request): Promise<MoratoriumState> => {
    valueFrom(await liftMoratorium(deps, actorOf(request), request.body))
    return { moratorium: null }
  })
}

async function moratoriumOf(deps: HttpDeps, actor: Actor, kept: KeptMoratorium | null): Promise<Moratorium | null> {
  if (kept === null) return null
  const { id, reason, startedAt, startedBy } = kept
  const names = await displayNames(deps, actor, [startedBy])
  return { id, reason, startedAt, startedBy: names.get(startedBy) ?? startedBy }
}
