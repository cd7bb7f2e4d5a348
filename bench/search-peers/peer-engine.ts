import { closeSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Templates as every peer gets them: float32, row by row, unit length. */
export interface PeerData {
  readonly rows: number
  readonly dimension: number
  readonly vectors: Float32Array
  /** An empty folder of its own. */
  readonly folder: string
  /** Of the gallery: what lies there is found again in this run. */
  readonly galleryFolder: string
}

/** A peer with all rows in it. */
export interface PeerEngine {
  /** Rows by inner product, best first. */
  search(probe: Float32Array, count: number): Promise<readonly number[]>
  close(): Promise<void>
}

const fromPeers: NodeJS.Require = createRequire(join(import.meta.dirname, 'package.json'))

/** Why a package of `bench/search-peers/package.json` cannot be used here; null when it can. */
export function peerTrouble(name: string): string | null {
  try {
    fromPeers(name)
    return null
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  }
}

/** Loads a package of `bench/search-peers/package.json`; the caller says what it uses of it. */
export function loadPeer<Module>(name: string): Module {
  return fromPeers(name) as Module
}

/** The version of a package as it was installed. */
export function peerVersion(name: string): string {
  const { version } = fromPeers(join(import.meta.dirname, 'node_modules', name, 'package.json')) as { version: string }
  return version
}

/** A copy: some bindings forget where a view begins. */
export function vectorAt({ vectors, dimension }: PeerData, row: number): Float32Array {
  return vectors.slice(row * dimension, (row + 1) * dimension)
}

export function readVectors(file: string, count: number): Float32Array {
  const values = new Float32Array(count)
  const opened = openSync(file, 'r')
  const read = readSync(opened, new Uint8Array(values.buffer), 0, values.byteLength, 0)
  closeSync(opened)
  if (read !== values.byteLength) throw new Error(`${file} is too short.`)
  return values
}
