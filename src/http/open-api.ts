import swagger from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { Door, HttpDeps } from './http-deps.ts'
import { cookieName } from './session-cookie.ts'

const DESCRIPTION =
  'Accountable facial identification: policy before search, two examiners, a lead and never an identification, ' +
  'a log outsiders can verify. Errors are problem details (RFC 9457) with a stable `code`, a sentence and a remedy.'

/** Collects the routes registered after it into `/openapi.json` (OpenAPI 3.1). */
export async function describeApi(app: Door, deps: Pick<HttpDeps, 'version' | 'secureCookies'>): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Countenance',
        version: deps.version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      security: [{ session: [] }, { token: [] }],
      components: {
        securitySchemes: {
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: cookieName(deps),
            description:
              'Set by signing in. Requests that change anything also need the header `x-countenance: console`.',
          },
          token: { type: 'http', scheme: 'bearer', description: 'The token that signing in answers with.' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
