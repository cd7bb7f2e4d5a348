import { resolve } from 'node:path'
import { z } from 'zod'
import { readWitnesses, type WitnessPlace } from './audit/index.ts'

/** Everything that may be set from outside; each has a default that works on a fresh machine. */
export interface Settings {
  /** Folder of the embedded database, sealed objects and keys. */
  readonly dataDir: string
  readonly weightsDir: string
  readonly webDir: string
  readonly sampleDir: string
  /** A PostgreSQL server to use instead of the embedded one. */
  readonly databaseUrl: string | null
  readonly host: string
  readonly port: number
  /** True when the port was named: then the next free one is not taken instead. */
  readonly portNamed: boolean
  /** Whether cookies are marked Secure: the server stands behind https. */
  readonly secureCookies: boolean
  /** Loads the sample county into an empty database; by default only into the embedded one. */
  readonly sampleCounty: boolean
  /** Name of the log in its checkpoints (C2SP tlog-checkpoint, origin). */
  readonly logOrigin: string
  /** Who is asked to cosign the log. */
  readonly witnesses: readonly WitnessPlace[]
  /** How many of the witnesses must. */
  readonly witnessesNeeded: number
  readonly decodeProcesses: number
  /** Threads that run the face networks. */
  readonly engineThreads: number
  /** Threads that scan a large gallery; null for one less than the machine has. */
  readonly searchThreads: number | null
  /** The ClickHouse cluster that may hold the gallery; null when there is none. */
  readonly cluster: ClusterSettings | null
  /** Password for the command line, so that scripts need no terminal. */
  readonly password: string | null
  /** Password of an account that the command line opens. */
  readonly newPassword: string | null
  /** Whether a browser may be opened: there is a desktop and nobody said no. */
  readonly openBrowser: boolean
}

/** How to reach the coordinator of a ClickHouse cluster. */
export interface ClusterSettings {
  readonly url: string
  /** The cluster's name in its own configuration. */
  readonly name: string
  readonly user: string | null
  readonly password: string | null
}

/** A setting that cannot be used: one sentence saying which and how to mend it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** What was expected to go wrong has a name of ours; its message is a sentence, with what to do when that stands apart. */
export function sentenceFor(error: unknown): string | null {
  if (!(error instanceof Error) || !/^(Config|Store|Engine|Audit|Policy|Gallery)Error$/.test(error.name)) return null
  return 'remedy' in error ? `${error.message} ${String(error.remedy)}` : error.message
}

const ROOT = resolve(import.meta.dirname, '..')

const yesNo = z.enum(['yes', 'no'], { error: 'must be yes or no' }).transform((word) => word === 'yes')

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`)

const witnessPairs = z.string().transform((text, context) => {
  const places = readWitnesses(text)
  if (typeof places !== 'string') return places
  context.addIssue({ code: 'custom', message: places })
  return z.NEVER
})

const environment = z.object({
  COUNTENANCE_DATA: z.string().min(1, 'must name a folder').default('.countenance/data'),
  COUNTENANCE_WEIGHTS: z.string().min(1, 'must name a folder').default('.countenance/weights'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  COUNTENANCE_HOST: z.string().min(1, 'must name an address').default('127.0.0.1'),
  COUNTENANCE_PORT: wholeNumber(0, 65_535).optional(),
  COUNTENANCE_HTTPS: yesNo.default(false),
  COUNTENANCE_SAMPLE: yesNo.optional(),
  COUNTENANCE_LOG_ORIGIN: z
    .string()
    .regex(
      /^[a-z0-9.-]+(\/[a-z0-9._/-]+)?$/,
      'must look like a web address without its scheme, such as faces.example.gov/log',
    )
    .default('countenance.local/log'),
  COUNTENANCE_WITNESSES: witnessPairs.optional(),
  COUNTENANCE_WITNESSES_NEEDED: wholeNumber(0, 20).optional(),
  COUNTENANCE_DECODERS: wholeNumber(1, 16).default(1),
  COUNTENANCE_ENGINE_THREADS: wholeNumber(1, 64).default(1),
  COUNTENANCE_SEARCH_THREADS: wholeNumber(0, 64).optional(),
  COUNTENANCE_CLUSTER_URL: z
    .string()
    .regex(/^https?:\/\//, 'must begin with https:// or http://')
    .optional(),
  COUNTENANCE_CLUSTER_NAME: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,31}$/, 'must be a name of small letters, digits and _')
    .default('gallery'),
  COUNTENANCE_CLUSTER_USER: z.string().min(1, 'must name a user').optional(),
  COUNTENANCE_CLUSTER_PASSWORD: z.string().optional(),
  COUNTENANCE_PASSWORD: z.string().optional(),
  COUNTENANCE_NEW_PASSWORD: z.string().optional(),
  COUNTENANCE_OPEN: yesNo.default(true),
  DISPLAY: z.string().optional(),
})

const DEFAULT_PORT = 8443

/** Reads the settings; the only place that looks at the environment. @throws ConfigError */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  refuseUnknown(env)
  const parsed = environment.safeParse(env)
  if (!parsed.success) throw new ConfigError(sentenceOf(parsed.error, env))
  const value = parsed.data
  return {
    dataDir: resolve(ROOT, value.COUNTENANCE_DATA),
    weightsDir: resolve(ROOT, value.COUNTENANCE_WEIGHTS),
    webDir: resolve(ROOT, 'web/dist'),
    sampleDir: resolve(ROOT, 'sample/county'),
    databaseUrl: value.DATABASE_URL ?? null,
    host: value.COUNTENANCE_HOST,
    port: value.COUNTENANCE_PORT ?? DEFAULT_PORT,
    portNamed: value.COUNTENANCE_PORT !== undefined,
    secureCookies: value.COUNTENANCE_HTTPS,
    // A server that somebody named is meant for real records.
    sampleCounty: value.COUNTENANCE_SAMPLE ?? value.DATABASE_URL === undefined,
    logOrigin: value.COUNTENANCE_LOG_ORIGIN,
    ...witnessesOf(value),
    decodeProcesses: value.COUNTENANCE_DECODERS,
    engineThreads: value.COUNTENANCE_ENGINE_THREADS,
    searchThreads: value.COUNTENANCE_SEARCH_THREADS ?? null,
    cluster: clusterOf(value),
    password: value.COUNTENANCE_PASSWORD ?? null,
    newPassword: value.COUNTENANCE_NEW_PASSWORD ?? null,
    openBrowser: value.COUNTENANCE_OPEN && (process.platform === 'darwin' || value.DISPLAY !== undefined),
  }
}

/** Settings that only the tests read. */
const ALSO_KNOWN = ['COUNTENANCE_CHROMIUM', 'COUNTENANCE_INSTALL', 'COUNTENANCE_TEST_SOCKET']

function clusterOf(value: z.infer<typeof environment>): ClusterSettings | null {
  if (value.COUNTENANCE_CLUSTER_URL === undefined) return null
  return {
    url: value.COUNTENANCE_CLUSTER_URL,
    name: value.COUNTENANCE_CLUSTER_NAME,
    user: value.COUNTENANCE_CLUSTER_USER ?? null,
    password: value.COUNTENANCE_CLUSTER_PASSWORD ?? null,
  }
}

/** All must cosign unless fewer are asked for. @throws ConfigError */
function witnessesOf(value: z.infer<typeof environment>): Pick<Settings, 'witnesses' | 'witnessesNeeded'> {
  const witnesses = value.COUNTENANCE_WITNESSES ?? []
  const witnessesNeeded = value.COUNTENANCE_WITNESSES_NEEDED ?? witnesses.length
  if (witnessesNeeded <= witnesses.length) return { witnesses, witnessesNeeded }
  throw new ConfigError(
    `COUNTENANCE_WITNESSES_NEEDED must be at most ${witnesses.length}, as many as COUNTENANCE_WITNESSES names ` +
      `(it is "${witnessesNeeded}"); correct it or remove it to use the default.`,
  )
}

/** A misspelt name would otherwise be ignored in silence. */
function refuseUnknown(env: Readonly<Record<string, string | undefined>>): void {
  const known = [...Object.keys(environment.shape), ...ALSO_KNOWN]
  const stranger = Object.keys(env).find((name) => name.startsWith('COUNTENANCE_') && !known.includes(name))
  if (stranger === undefined) return
  const names = Object.keys(environment.shape)
    .filter((name) => name !== 'DISPLAY')
    .join(', ')
  throw new ConfigError(`${stranger} is not a setting of Countenance; remove it or use one of ${names}.`)
}

function sentenceOf(error: z.ZodError, env: Readonly<Record<string, string | undefined>>): string {
  const issue = error.issues[0]
  const name = String(issue?.path[0] ?? '')
  // An address may hold a password: it is named, not shown.
  const shown = ['DATABASE_URL', 'COUNTENANCE_CLUSTER_URL', 'COUNTENANCE_WITNESSES'].includes(name)
    ? ''
    : ` (it is "${env[name] ?? ''}")`
  return `${name} ${issue?.message ?? 'cannot be used'}${shown}; correct it or remove it to use the default.`
}
