// `npm run check`: types, lint, dead code, then all tests (rooms and words among them).
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensurePackages, findNode, root } from './prepare.mjs'

ensurePackages()
const node = findNode()
const bin = (path) => join(root, 'node_modules', path)

const STEPS = [
  ['types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ['types of the console', [bin('typescript/bin/tsc'), '-p', 'web/tsconfig.json']],
  [
    'lint and format',
    [bin('@biomejs/biome/bin/biome'), 'check', '.', '--diagnostic-level=warn', '--error-on-warnings'],
  ],
  ['dead code', [bin('knip/bin/knip.js')]],
]
const tests = ['tests', [join(root, 'tools', 'test.mjs')]]

for (const [name, words] of process.argv.includes('--static') ? STEPS : [...STEPS, tests]) {
  console.log(`check: ${name}`)
  const run = spawnSync(node, words, { cwd: root, stdio: 'inherit' })
  if (run.status !== 0) {
    console.error(`check: ${name} failed`)
    process.exit(1)
  }
}
