import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type EngineCommand, engineCommand } from './engine-command.ts'

/** One server: a replica of a shard, or the coordinator. */
export interface RunningNode {
  readonly name: string
  /** Its HTTP address. */
  readonly url: string
  /** `host:port` as the other servers reach it. */
  readonly address: string
  readonly folder: string
  /** Ends it at once, without a chance to tidy up. */
  kill(): Promise<void>
  /** Starts it, again on its own folder; nothing when it works. */
  start(): Promise<void>
  /** Whether it carries out a statement. */
  works(): Promise<boolean>
  /** Sends a statement past the adapter. */
  query(statement: string): Promise<string>
}

export interface RunningCluster {
  readonly name: string
  readonly coordinator: RunningNode
  /** By shard, then replica. */
  readonly shards: readonly (readonly RunningNode[])[]
  stop(): Promise<void>
}

const READY_MS = 60_000
const SLEEP =
  'SELECT sleepEachRow(1) FROM numbers(36000) FORMAT Null SETTINGS function_sleep_max_microseconds_per_block = 0, max_block_size = 1, max_execution_time = 0'

/** Starts shards x replicas and a coordinator on free ports of the loopback interface, each with a folder of its own. */
export async function startCluster(shards: number, replicas: number): Promise<RunningCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'countenance-cluster-'))
  const command = engineCommand(folder)
  const ports = await freePorts(2 * (shards * replicas + 1))
  const portsOf = (at: number) => ({ tcp: ports[2 * at] as number, http: ports[2 * at + 1] as number })
  const places = Array.from({ length: shards }, (_, shard) =>
    Array.from({ length: replicas }, (_, replica) => shard * replicas + replica),
  )
  const cluster = remoteServers(places.map((shard) => shard.map((at) => portsOf(at).tcp)))
  const node = (name: string, at: number) => openNode(command, folder, name, portsOf(at), cluster)
  const coordinator = node('coordinator', shards * replicas)
  const nodes = places.map((shard, s) => shard.map((at, r) => node(`shard${s + 1}-replica${r + 1}`, at)))
  const all = [coordinator, ...nodes.flat()]
  await Promise.all(all.map((one) => one.start()))
  const stop = async () => {
    await Promise.all(all.map((one) => one.kill()))
    rmSync(folder, { recursive: true, force: true })
  }
  return { name: 'gallery', coordinator, shards: nodes, stop }
}

interface Ports {
  readonly tcp: number
  readonly http: number
}

function openNode(engine: EngineCommand, parent: string, name: string, ports: Ports, cluster: string): RunningNode {
  const folder = join(parent, name)
  const config = writeConfig(folder, ports, cluster)
  const url = `http://127.0.0.1:${ports.http}`
  const work = `SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP; ${SLEEP}`
  const words = [...engine.words, `--config-file=${config}`, `--path=${join(folder, 'data')}`, '-q', work]
  let child: ChildProcess | null = null
  return {
    name,
    url,
    address: `127.0.0.1:${ports.tcp}`,
    folder,
    kill: async () => await end(child),
    start: async () => {
      if (isRunning(child) && (await works(url))) return
      await end(child)
      const log = openSync(join(folder, 'output'), 'a')
      child = spawn(engine.command, words, { cwd: folder, stdio: ['ignore', log, log] })
      child.once('exit', (code, signal) => writeSync(log, `The engine ended: ${code ?? signal}.\n`))
      await untilReady(url, child, join(folder, 'output'))
    },
    works: async () => isRunning(child) && (await works(url)),
    query: async (statement) => await post(url, statement),
  }
}

async function end(child: ChildProcess | null): Promise<void> {
  if (isRunning(child)) await new Promise((resolve) => child?.once('exit', resolve).kill('SIGKILL'))
}

/** Whether it carries out a statement: one that is ending may still answer a ping. */
async function works(url: string): Promise<boolean> {
  return await post(url, 'SELECT 1').then(
    () => true,
    () => false,
  )
}

function isRunning(child: ChildProcess | null): boolean {
  return child !== null && child.exitCode === null && child.signalCode === null
}

function writeConfig(folder: string, { tcp, http }: Ports, cluster: string): string {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const config = join(folder, 'config.xml')
  const listen = `<tcp_port>${tcp}</tcp_port><http_port>${http}</http_port><listen_host>127.0.0.1</listen_host>`
  const logger = `<logger><level>warning</level><log>${join(folder, 'engine.log')}</log></logger>`
  writeFileSync(config, `<clickhouse>${logger}${listen}${cluster}</clickhouse>\n`)
  return config
}

async function untilReady(url: string, child: ChildProcess, log: string): Promise<void> {
  for (let waited = 0; waited < READY_MS; waited += 100) {
    if (child.exitCode !== null) throw new Error(`The engine ended at once: ${readFileSync(log, 'utf8')}`)
    const answers = await fetch(`${url}/ping`).then(
      (response) => response.ok,
      () => false,
    )
    if (answers) return
    await wait(100)
  }
  throw new Error(`The engine does not answer at ${url}: ${readFileSync(log, 'utf8')}`)
}

async function post(url: string, statement: string): Promise<string> {
  const response = await fetch(`${url}/?wait_end_of_query=1`, { method: 'POST', body: statement })
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text.trimEnd()
}

/** The adapter itself writes every replica, hence no replication among the servers. */
function remoteServers(shards: readonly (readonly number[])[]): string {
  const replica = (port: number) => `<replica><host>127.0.0.1</host><port>${port}</port></replica>`
  const shard = (ports: readonly number[]) =>
    `<shard><internal_replication>false</internal_replication>${ports.map(replica).join('')}</shard>`
  return `<remote_servers><gallery>${shards.map(shard).join('')}</gallery></remote_servers>`
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return server
    }),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
