// Finds a Chromium for the browser tests; on Debian as root it may install one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export const HOW_TO_GET_CHROMIUM =
  'Browser tests are skipped: there is no Chromium. Install it (Debian: apt-get install chromium) or set COUNTENANCE_CHROMIUM to its path.'

/** @returns the path of a Chromium, or null. */
export function findChromium() {
  const named = process.env.COUNTENANCE_CHROMIUM
  if (named !== undefined && existsSync(named)) return named
  return PLACES.find((place) => existsSync(place)) ?? null
}

/** Installs Debian's Chromium where that is allowed: as root with apt-get, unless COUNTENANCE_INSTALL=no. */
export function installChromium() {
  if (findChromium() !== null || process.getuid?.() !== 0 || process.env.COUNTENANCE_INSTALL === 'no') return
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return
  console.log('Installing Chromium for the browser tests ...')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: 'ignore', env, timeout: 240_000 }
  spawnSync('apt-get', ['update'], options)
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options)
}
