import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { readPhotograph } from './lfw-trials.ts'

const DATA = resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data')
const IMAGES = 24
/** FRLL photographs enlarged to 1.5 megapixels, the size of a booking photograph. */
const BOOKING_EDGE = 1224

interface Series {
  readonly label: string
  readonly files: readonly Uint8Array[]
}

/** The photographs of `bench/engine.ts`. */
export async function speedSeries(): Promise<readonly Series[]> {
  return [
    { label: 'LFW 250 px', files: await lfwFiles() },
    { label: 'FRLL 1.5 MP', files: await bookingFiles() },
  ]
}

async function lfwFiles(): Promise<Uint8Array[]> {
  const folder = join(DATA, 'lfw-view1', 'images')
  const people = (await readdir(folder)).sort().slice(0, IMAGES)
  const files = people.map(async (person) => {
    const [file = ''] = (await readdir(join(folder, person))).sort()
    return readPhotograph(`${person}/${file}`)
  })
  return Promise.all(files)
}

async function bookingFiles(): Promise<Uint8Array[]> {
  const folder = join(DATA, 'frll-600')
  const names = (await readdir(folder)).filter((name) => name.endsWith('_03.jpg')).sort()
  const files: Uint8Array[] = []
  for (const name of names.slice(0, IMAGES)) {
    const image = sharp(join(folder, name)).resize(BOOKING_EDGE, BOOKING_EDGE)
    files.push(await image.jpeg({ quality: 90 }).toBuffer())
  }
  return files
}
