import { once } from 'node:events'
import type { Server } from 'node:http'
import { hostname } from 'node:os'
import { type Clock, systemClock } from '../../base/index.ts'
import { checkpointAnswerer } from './answer-checkpoint.ts'
import { readTrustedLogs, type TrustedLogs } from './trusted-logs.ts'
import { WitnessError } from './witness-error.ts'
import { witnessServer } from './witness-server.ts'
import { WitnessStore } from './witness-store.ts'

export interface WitnessOptions {
  /** The witness's own folder; made on first use. */
  readonly folder: string
  /** `host:port`; port 0 is any free one. */
  readonly listen: string
  /** Verifier keys of logs, or files of them. */
  readonly logs: readonly string[]
  /** The name of a new witness; the name of this machine where none is given. */
  readonly name?: string
  readonly clock?: Clock
  readonly warn?: (sentence: string) => void
  /** In how many milliseconds a request must have arrived whole; 10,000 unless told. */
  readonly requestMs?: number
}

export interface RunningWitness {
  readonly name: string
  /** What those who count cosignatures are given. */
  readonly verifierKey: string
  readonly url: string
  /** Answers what was asked already, then ends. */
  close(): Promise<void>
}

/**
 * Runs a witness for an oversight body: it needs its folder and nothing else.
 * @throws WitnessError when it cannot start, above all on a damaged folder.
 */
export async function runWitness(options: WitnessOptions): Promise<RunningWitness> {
  const { clock = systemClock, warn = toStderr, requestMs = 10_000 } = options
  const { host, port } = addressOf(options.listen)
  const logs = await readTrustedLogs(options.logs)
  const given = options.name === undefined ? {} : { given: options.name }
  const store = await WitnessStore.open(options.folder, { ...given, preset: hostname() })
  const { answer, settled } = checkpointAnswerer({ store, logs, clock, warn })
  const server = witnessServer({ addCheckpoint: answer, warn, requestMs, describe: () => describe(store, logs) })
  try {
    const url = await listen(server, host, port)
    const { name, verifierKey } = store.signer
    return { name, verifierKey, url, close: () => close(server, settled, store) }
  } catch (error) {
    await store.close()
    throw error
  }
}

function describe(store: WitnessStore, logs: TrustedLogs): string {
  const sizes = [...logs.keys()].map((origin) => `${origin} ${store.get(origin)?.checkpoint.size ?? 'none'}\n`)
  const { name, verifierKey } = store.signer
  return `witness ${name}\nkey ${verifierKey}\n\nlogs, and the size cosigned last:\n${sizes.join('')}`
}

function addressOf(listen: string): { readonly host: string; readonly port: number } {
  const [, bracketed, bare, digits] = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(listen) ?? []
  const [host, port] = [bracketed ?? bare, Number(digits)]
  if (host !== undefined && port <= 65_535) return { host, port }
  const message = `"${listen}" is not an address to listen on.`
  throw new WitnessError('listen_failed', message, 'Give --listen host:port, such as 127.0.0.1:7380.')
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    const message = `The witness cannot listen on ${host}, port ${port}.`
    throw new WitnessError('listen_failed', message, 'Give another address or end what listens there.', cause)
  }
  const address = server.address()
  const bound = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`
}

const CLOSE_WITHIN_MS = 5_000

async function close(server: Server, settled: () => Promise<void>, store: WitnessStore): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS)
  server.closeIdleConnections()
  await ended
  clearTimeout(late)
  // Where the client went away, the writing may still go on; the folder is given back after it.
  await settled()
  await store.close()
}

function toStderr(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
