// `npm start`: installs what is missing, then runs the server on a new enough Node until it is stopped.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureConsole, ensurePackages, ensureWeights, findNode, root } from './prepare.mjs'

ensurePackages()
const node = findNode()
await ensureWeights()
ensureConsole(node)

const server = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
// The terminal sends Ctrl-C to both; other signals reach only this process and are passed on.
process.on('SIGINT', () => {})
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal))
server.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
