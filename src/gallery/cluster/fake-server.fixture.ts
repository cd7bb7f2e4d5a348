/** One statement as a server got it. */
export interface SentStatement {
  readonly host: string
  readonly statement: string
  readonly settings: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** Bytes of the rows, where the statement came with rows. */
  readonly rows: Uint8Array | null
}

export type FakeAnswer = readonly (readonly unknown[])[] | Response | Error

/** A `fetch` behind which servers answer by the first part of their statement that is known; otherwise with nothing. */
export function fakeServers(answers: Readonly<Record<string, FakeAnswer>>) {
  const sent: SentStatement[] = []
  const fake: typeof fetch = async (address, request) => {
    const url = new URL(String(address))
    const inAddress = url.searchParams.get('query')
    const statement = inAddress ?? String(request?.body)
    const rows = inAddress === null ? null : new Uint8Array(request?.body as Buffer)
    const headers = request?.headers as Record<string, string>
    sent.push({ host: url.host, statement, settings: Object.fromEntries(url.searchParams), headers, rows })
    const known = Object.keys(answers).find((part) => statement.includes(part))
    const answer = known === undefined ? [] : (answers[known] ?? [])
    if (answer instanceof Error) throw answer
    if (answer instanceof Response) return answer.clone()
    return new Response(answer.map((row) => `${JSON.stringify(row)}\n`).join(''))
  }
  return { fetch: fake, sent, statements: () => sent.map(({ statement }) => statement) }
}

/** An error as a server words it. */
export function refusal(code: number, message: string): Response {
  const headers = { 'X-ClickHouse-Exception-Code': String(code) }
  return new Response(`Code: ${code}. DB::Exception: ${message}`, { status: 500, headers })
}
