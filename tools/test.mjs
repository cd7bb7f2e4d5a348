// `npm test`: installs what is missing, runs every test, ends with the line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findChromium, HOW_TO_GET_CHROMIUM, installChromium } from './find-chromium.mjs'
import { ensureConsole, ensurePackages, ensureTestCluster, ensureWeights, findNode, root } from './prepare.mjs'

ensurePackages()
ensureTestCluster()
const node = findNode()
await ensureWeights()
ensureConsole(node)
installChromium()
const chromium = findChromium()

const report = join(root, '.countenance', 'test-report.json')
mkdirSync(dirname(report), { recursive: true })
rmSync(report, { force: true })
const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)]
const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}`, COUNTENANCE_CHROMIUM: chromium ?? '' }
const run = spawnSync(node, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...words], {
  cwd: root,
  stdio: 'inherit',
  env,
})

let failed = run.status !== 0
if (chromium === null) {
  console.log(HOW_TO_GET_CHROMIUM)
  if (process.env.CI) failed = true
}
if (existsSync(report)) {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'))
  console.log(`${numPassedTests} passed, ${numFailedTests} failed`)
} else failed = true
process.exit(failed ? 1 : 0)
