import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export type DecoderProcess = ChildProcessByStdio<Writable, Readable, null>

/** How much a decode process may take. */
export interface DecoderLimits {
  /** JavaScript heap, megabytes. */
  readonly heapMegabytes: number
  /** All private writable memory, megabytes; enforced by the operating system where it can. */
  readonly dataMegabytes: number
}

const PROGRAM = fileURLToPath(new URL('./decode-process.ts', import.meta.url))
const SHELL = '/bin/sh'
/** Limits the shell, then becomes the program: same process id, so a kill reaches the decoder. */
const LIMITED = 'ulimit -d "$1" 2>/dev/null; ulimit -c 0 2>/dev/null; shift; exec "$@"'

/**
 * Starts a decode process: empty environment, may read only its program and the installed packages,
 * may write no file, start no process and no thread of JavaScript. Where the system lends user namespaces it has
 * no network either. All but the limits and the network is kept by Node: native code taken over by an image
 * still acts as the account that runs the server.
 */
export function spawnDecoder(limits: DecoderLimits): DecoderProcess {
  const readable = [dirname(PROGRAM), ...packageFolders()]
  const command = [
    ...offline(),
    process.execPath,
    '--permission',
    '--allow-addons',
    ...readable.map((folder) => `--allow-fs-read=${folder}${sep}*`),
    `--max-old-space-size=${limits.heapMegabytes}`,
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    PROGRAM,
  ]
  const limited = [SHELL, '-c', LIMITED, SHELL, String(limits.dataMegabytes * 1024), ...command]
  const [file = SHELL, ...rest] = existsSync(SHELL) ? limited : command
  return spawn(file, rest, { env: {}, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
}

const NO_NETWORK = ['unshare', '--user', '--net', '--']
let offlineWords: readonly string[] | undefined

/** Words that take the network away, where that works and the program can still be read without root's rights. */
function offline(): readonly string[] {
  offlineWords ??= canRead([PROGRAM, createRequire(import.meta.url).resolve('sharp')]) ? NO_NETWORK : []
  return offlineWords
}

function canRead(files: readonly string[]): boolean {
  const [program = '', ...words] = NO_NETWORK
  return files.every((file) => spawnSync(program, [...words, 'test', '-r', file], { stdio: 'ignore' }).status === 0)
}

/** The `node_modules` folder that holds sharp. */
function packageFolders(): readonly string[] {
  const sharp = createRequire(import.meta.url).resolve('sharp')
  const end = sharp.lastIndexOf(join(sep, 'node_modules', 'sharp'))
  return [sharp.slice(0, end) + join(sep, 'node_modules')]
}
