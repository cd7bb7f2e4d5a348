import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { WitnessReply } from './answer-checkpoint.ts'

/** The most bytes of a request: far above any checkpoint with its proof, far below what could hurt. */
export const MOST_BODY_BYTES = 262_144
const MOST_CONNECTIONS = 128
const MOST_HEADER_BYTES = 8_192

export interface WitnessDoors {
  readonly addCheckpoint: (body: Uint8Array) => Promise<WitnessReply>
  /** What `GET /` says. */
  readonly describe: () => string
  readonly warn: (sentence: string) => void
  /** In how many milliseconds a request must have arrived whole. */
  readonly requestMs: number
}

/** The HTTP server of a witness (C2SP tlog-witness): `POST /add-checkpoint`, and `GET /` for people. */
export function witnessServer(doors: WitnessDoors): Server {
  const { requestMs } = doors
  const server = createServer(
    {
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      connectionsCheckingInterval: Math.min(1_000, requestMs),
      keepAliveTimeout: 5_000,
      maxHeaderSize: MOST_HEADER_BYTES,
    },
    (request, response) => {
      serveOne(doors, request)
        .then((reply) => send(response, reply))
        .catch((error: unknown) => {
          // A client that went away or was too slow is not told anything.
          if (request.destroyed && !request.complete) return
          doors.warn(`A request failed: ${error instanceof Error ? error.message : error}`)
          send(response, plain(500, 'The witness failed.'))
        })
    },
  )
  server.maxConnections = MOST_CONNECTIONS
  return server
}

async function serveOne(doors: WitnessDoors, request: IncomingMessage): Promise<WitnessReply> {
  const path = request.url?.split('?')[0]
  if (path === '/') {
    const reads = request.method === 'GET' || request.method === 'HEAD'
    return reads ? { ...plain(200, ''), body: doors.describe() } : plain(405, 'Only GET is answered here.')
  }
  if (path !== '/add-checkpoint') return plain(404, 'There is nothing here.')
  if (request.method !== 'POST') return plain(405, 'Only POST is answered here.')
  const body = await readBody(request)
  return body === null ? plain(413, 'The request is too large.') : await doors.addCheckpoint(body)
}

/** The whole body; null when it is too large, as soon as that is known. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY_BYTES) return null
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += part.length
    if (length > MOST_BODY_BYTES) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function send(response: ServerResponse, { status, type, body }: WitnessReply): void {
  if (response.headersSent || response.destroyed) return
  const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' }
  // What is left of a refused body is not read: the connection ends.
  response.writeHead(status, response.req.complete ? headers : { ...headers, connection: 'close' })
  response.end(body)
  if (!response.req.complete) response.once('finish', () => response.req.destroy())
}

function plain(status: number, sentence: string): WitnessReply {
  return { status, type: 'text/plain; charset=utf-8', body: `${sentence}\n` }
}
