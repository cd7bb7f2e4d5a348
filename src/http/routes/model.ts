import { modelCard } from '../../transparency/index.ts'
import { actorOf } from '../authenticate.ts'
import { type ModelCard, modelCardSchema } from '../contract/index.ts'
import type { Door, HttpDeps } from '../http-deps.ts'
import { answers } from '../route-docs.ts'
import { modelCardBody } from './model-bodies.ts'

export function modelRoutes(app: Door, deps: HttpDeps): void {
  const reading = {
    tags: ['model'],
    summary: 'The card of the model that searches use: what it is, how often it errs, what is not known',
    response: answers({ 200: modelCardSchema }),
  }
  app.get('/model', { schema: reading }, async (request): Promise<ModelCard> => {
    return modelCardBody(await modelCard(deps, actorOf(request)))
  })
}
