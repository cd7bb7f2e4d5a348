import { startTestServer } from '../src/store/test-store.ts'

/** One throw-away PostgreSQL for the whole run; each test file clones its own database from it. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startTestServer()
  return () => server.stop()
}
