// What `npm start` and `npm test` need before TypeScript can run. Plain JavaScript: it starts on Node 20 with nothing installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const OLDEST_NODE = [22, 18]

/** Says one sentence on stderr and ends: for things the reader can mend. */
export function giveUp(sentence) {
  console.error(sentence)
  process.exit(1)
}

/** Installs the packages of the lock file unless they are there already. */
export function ensurePackages() {
  if (packagesAreThere()) return
  console.log('Installing packages (the first time this takes a minute or two) ...')
  const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (run.status !== 0)
    giveUp('The packages could not be installed: read the npm message above, mend the cause and start again.')
}

/** Installs the engine of the cluster tests (half a gigabyte, for these tests alone); without it they are skipped. */
export function ensureTestCluster() {
  const folder = join(root, 'test', 'cluster')
  if (process.platform !== 'linux' || process.arch !== 'x64' || existsSync(join(folder, 'node_modules'))) return
  console.log('Installing the engine of the cluster tests ...')
  const words = ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  const run = spawnSync('npm', words, { cwd: folder, stdio: 'inherit' })
  if (run.status !== 0) console.log('It could not be installed, so the cluster tests are skipped.')
}

/** npm keeps a copy of the lock inside node_modules; a version that differs or is absent means "not installed". */
function packagesAreThere() {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  const wanted = readPackages(join(root, 'package-lock.json'))
  if (installed === null || wanted === null) return false
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional === true || entry.peer === true || installed[path]?.version === entry.version,
  )
}

function readPackages(file) {
  if (!existsSync(file)) return null
  return JSON.parse(readFileSync(file, 'utf8')).packages
}

/** The Node that runs the product: this one when it is new enough, else the one among the packages. */
export function findNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath
  const bundled = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(bundled)) return bundled
  return giveUp(
    `Countenance needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.version}. Install Node 24 and start again.`,
  )
}

/** Fetches the model weights (by hash) unless they are there. */
export async function ensureWeights() {
  const { fetchWeights } = await import('./fetch-weights.mjs')
  const dir = process.env.COUNTENANCE_WEIGHTS ?? join(root, '.countenance', 'weights')
  await fetchWeights({ dir, log: (line) => console.log(line) }).catch((error) => giveUp(error.message))
}

/** Builds the console when its sources are newer than the last build. */
export function ensureConsole(node) {
  const built = join(root, 'web', 'dist', 'index.html')
  if (existsSync(built) && statSync(built).mtimeMs > newest(join(root, 'web'))) return
  console.log('Building the console ...')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const run = spawnSync(node, [vite, 'build', 'web', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  if (run.status !== 0) giveUp('The console could not be built: read the message above.')
}

function newest(folder) {
  let latest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return latest
}
