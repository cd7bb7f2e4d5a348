import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'

/** A whole way from an image file to the numbers that are compared. */
export interface Pipeline {
  /** Names the folder of cached templates: changes whenever the numbers would. */
  readonly id: string
  /** The vector of the most central face; undefined when no face was found or it could not be described. */
  vectorOf(bytes: Uint8Array): Promise<Float32Array | undefined>
  close(): Promise<void>
}

export interface Pixels {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** Both peers take pixels, so the bench decodes for them as the product does: sharp, upright, RGB. */
export async function decodePixels(bytes: Uint8Array): Promise<Pixels> {
  const image = sharp(bytes).rotate().removeAlpha().toColourspace('srgb')
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data: new Uint8Array(data), width: info.width, height: info.height }
}

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** LFW is centred on the named person; where several faces are found, every pipeline gets the same rule. */
export function mostCentral<Face>(
  faces: readonly Face[],
  size: { readonly width: number; readonly height: number },
  boxOf: (face: Face) => Box,
): Face | undefined {
  const distance = (face: Face): number => {
    const box = boxOf(face)
    return Math.hypot(box.x + box.width / 2 - size.width / 2, box.y + box.height / 2 - size.height / 2)
  }
  return [...faces].sort((one, other) => distance(one) - distance(other))[0]
}

const fromPeers: NodeJS.Require = createRequire(join(import.meta.dirname, 'package.json'))

/** Whether `npm ci --prefix bench/peers` was run. */
export function peersInstalled(): boolean {
  try {
    fromPeers.resolve('@tensorflow/tfjs')
    return true
  } catch {
    return false
  }
}

/** Loads a package of `bench/peers/package.json`; the caller says what it uses of it. */
export function loadPeer<Module>(name: string): Module {
  return fromPeers(name) as Module
}

/** A file inside a package of `bench/peers`, also where the package's `exports` do not name it. */
export function peerFile(...parts: readonly string[]): string {
  return join(import.meta.dirname, 'node_modules', ...parts)
}

/** Where the TensorFlow.js WebAssembly files lie; with the separator at the end. */
export function wasmFolder(): string {
  return dirname(fromPeers.resolve('@tensorflow/tfjs-backend-wasm')) + sep
}

export function folderUrl(folder: string): string {
  return pathToFileURL(folder + sep).href
}
