import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { routeUnknown, sendProblem } from './answer-error.ts'
import type { Door } from './http-deps.ts'

/** Serves the built console; every address that is no file and no API opens its first page. */
export async function serveConsole(app: Door, webDir: string | undefined): Promise<void> {
  if (webDir === undefined) {
    app.setNotFoundHandler((_request, reply) => sendProblem(reply, routeUnknown()))
    return
  }
  await app.register(fastifyStatic, { root: webDir, cacheControl: false, setHeaders })
  app.setNotFoundHandler(async (request, reply) => {
    if (!opensConsole(request)) return sendProblem(reply, routeUnknown())
    const page = await readFile(join(webDir, 'index.html'))
    return reply.code(200).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  })
}

function opensConsole(request: FastifyRequest): boolean {
  if (request.method !== 'GET' || request.url.startsWith('/api')) return false
  return (request.headers.accept ?? '').includes('text/html')
}

/** Built files carry a digest in their names, so only the first page can change. */
function setHeaders(reply: FastifyReply, path: string): void {
  const built = path.includes(`${sep}assets${sep}`)
  reply.header('cache-control', built ? 'public, max-age=31536000, immutable' : 'no-cache')
}
