import { PINNED_SETTINGS, READ_SETTINGS, WRITE_SETTINGS } from './pinned-settings.ts'

/** One server of the cluster, as the adapter reaches it. */
export interface ClusterServer {
  /** Sends a statement that reads. @returns its rows, each a list of values @throws ServerFailure */
  read(statement: string): Promise<readonly (readonly unknown[])[]>
  /** Sends a statement that writes, with the rows as bytes where it inserts. @throws ServerFailure */
  write(statement: string, rows?: Uint8Array): Promise<void>
}

export interface ServerAccess {
  readonly user: string
  readonly password: string
  readonly fetch: typeof fetch
}

/** A server that did not answer (`code` null), or answered with an error of its own. */
export class ServerFailure extends Error {
  /** ClickHouse's number of the error. */
  readonly code: number | null
  /** Where the statement was sent: host and port. */
  readonly at: string

  constructor(at: string, code: number | null, message: string) {
    super(message)
    this.name = 'ServerFailure'
    this.at = at
    this.code = code
  }
}

/** After the server's own limit, so that its reason is heard. */
const READ_PATIENCE_MS = 90_000
const WRITE_PATIENCE_MS = 3_600_000
const MESSAGE_CHARS = 600

/** @param url address of a server's HTTP port, without user or password in it */
export function reachServer(url: string, access: ServerAccess): ClusterServer {
  return {
    read: async (statement) => {
      const text = await send(url, access, READ_SETTINGS, READ_PATIENCE_MS, `${statement} FORMAT JSONCompactEachRow`)
      return text === '' ? [] : text.trimEnd().split('\n').map(parseRow)
    },
    write: async (statement, rows) => {
      await send(url, access, WRITE_SETTINGS, WRITE_PATIENCE_MS, statement, rows)
    },
  }
}

function parseRow(line: string): readonly unknown[] {
  return JSON.parse(line)
}

/** With rows, the statement goes in the address and the rows are the body. */
async function send(
  url: string,
  access: ServerAccess,
  settings: Readonly<Record<string, string>>,
  patience: number,
  statement: string,
  rows?: Uint8Array,
): Promise<string> {
  const address = new URL(url)
  for (const [name, value] of Object.entries({ ...PINNED_SETTINGS, ...settings })) address.searchParams.set(name, value)
  if (rows !== undefined) address.searchParams.set('query', statement)
  const request: RequestInit = {
    method: 'POST',
    headers: { 'X-ClickHouse-User': access.user, 'X-ClickHouse-Key': access.password },
    body: rows === undefined ? statement : Buffer.from(rows.buffer, rows.byteOffset, rows.byteLength),
    signal: AbortSignal.timeout(patience),
  }
  const { response, text } = await exchange(address, access, request)
  if (response.ok && !response.headers.has('x-clickhouse-exception-code')) return text
  const code = Number(response.headers.get('x-clickhouse-exception-code') ?? /^Code: (\d+)/.exec(text)?.[1])
  throw new ServerFailure(address.host, Number.isInteger(code) ? code : null, withoutVectors(text))
}

async function exchange(address: URL, access: ServerAccess, request: RequestInit) {
  try {
    const response = await access.fetch(address, request)
    return { response, text: await response.text() }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)
    throw new ServerFailure(address.host, null, cause)
  }
}

/** A server may repeat the statement in its error; the query in it is a template and goes into no message. */
function withoutVectors(text: string): string {
  return text
    .replaceAll(/unhex\('[0-9a-fA-F]*'?/g, "unhex('...'")
    .replaceAll(/\[[-+\d.e, ]{40,}\]?/g, '[...]')
    .slice(0, MESSAGE_CHARS)
    .trim()
}
