import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { answerError } from './answer-error.ts'
import { authenticate } from './authenticate.ts'
import { UPLOAD_LIMIT_BYTES } from './contract/index.ts'
import type { Door, HttpDeps } from './http-deps.ts'
import { describeApi } from './open-api.ts'
import { FIELD_LIMIT_BYTES } from './receive-upload.ts'
import { accountRoutes } from './routes/accounts.ts'
import { certificateRoutes } from './routes/certificates.ts'
import { examinationImageRoutes } from './routes/examination-images.ts'
import { examinationRoutes } from './routes/examinations.ts'
import { galleryRoutes } from './routes/gallery.ts'
import { leadRoutes } from './routes/leads.ts'
import { logRoutes } from './routes/log.ts'
import { modelRoutes } from './routes/model.ts'
import { modelChangeRoutes } from './routes/model-changes.ts'
import { openRoutes } from './routes/open.ts'
import { policyRoutes } from './routes/policy.ts'
import { probeRoutes } from './routes/probes.ts'
import { referenceRoutes } from './routes/reference.ts'
import { requestRoutes } from './routes/requests.ts'
import { sessionRoutes } from './routes/session.ts'
import { serveConsole } from './serve-console.ts'
import { serveLog } from './serve-log.ts'

/** The HTTP door over the composed rooms; not yet listening. */
export async function createServer(deps: HttpDeps): Promise<FastifyInstance> {
  const app: Door = fastify({
    bodyLimit: 256 * 1024,
    forceCloseConnections: 'idle',
    // Behind a TLS proxy on this machine the caller's address is the one the proxy names.
    trustProxy: deps.secureCookies ? 'loopback' : false,
    frameworkErrors: answerError(deps),
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(answerError(deps))
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('session', null)
  await guard(app, deps)
  await describeApi(app, deps)
  await app.register(async (open: Door) => openRoutes(open, deps))
  await app.register(async (api: Door) => signedInRoutes(api, deps), { prefix: '/api' })
  serveLog(app, deps)
  await serveConsole(app, deps.webDir)
  return app as unknown as FastifyInstance
}

async function guard(app: Door, deps: HttpDeps): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_RULES },
    strictTransportSecurity: deps.secureCookies,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  await app.register(cookie)
  await app.register(rateLimit, { global: false })
  await app.register(multipart, {
    limits: { fileSize: UPLOAD_LIMIT_BYTES, files: 1, fields: 20, fieldSize: FIELD_LIMIT_BYTES },
  })
  app.addHook('onRequest', async (request, reply) => {
    // Photographs of people, and everything else the API says, stay out of every cache.
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store')
  })
}

/** Nothing inline, nothing from elsewhere; images may also be made in the page. */
const CONTENT_RULES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'blob:', 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

function signedInRoutes(api: Door, deps: HttpDeps): void {
  api.addHook('onRequest', authenticate(deps))
  const routes = [
    ...[
      sessionRoutes,
      referenceRoutes,
      accountRoutes,
      certificateRoutes,
      probeRoutes,
      requestRoutes,
      examinationRoutes,
    ],
    ...[examinationImageRoutes, leadRoutes, galleryRoutes, policyRoutes, modelRoutes, modelChangeRoutes, logRoutes],
  ]
  for (const register of routes) register(api, deps)
}
