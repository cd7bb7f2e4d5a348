import type { FastifyInstance } from 'fastify'

/** Lets requests under way finish, takes no new ones, and drops connections that only wait. */
export async function closeServer(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), 50)
  try {
    await app.close()
  } finally {
    clearInterval(sweep)
  }
}
