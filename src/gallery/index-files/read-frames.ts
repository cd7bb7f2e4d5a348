import type { FileHandle } from 'node:fs/promises'
import { FILE_HEADER_BYTES } from './file-header.ts'
import { IndexDamage } from './index-damage.ts'
import {
  FRAME_ENTRIES,
  FRAME_HEADER_BYTES,
  type FrameContent,
  type FrameHeader,
  frameBytes,
  openFrame,
  readFrameHeader,
} from './index-frame.ts'
import type { PairFile } from './index-pair.ts'
import { ReadWindow } from './read-window.ts'

export interface ReadFrame extends FrameContent {
  readonly header: FrameHeader
  readonly offset: number
  /** Of the whole frame. */
  readonly bytes: number
}

/**
 * The frames of a file, from the first, each opened; memory for two pieces of the file and one frame.
 * Where the file ends within a frame, or with a frame that does not open, it was being written when the process ended:
 * in a journal that frame is left out.
 * @throws IndexDamage for any other frame that is not the next one of this file, and for such an end of a snapshot.
 */
export async function* readFrames(file: PairFile): AsyncGenerator<ReadFrame> {
  const largest = frameBytes({ kind: 'records', count: FRAME_ENTRIES, number: 0 }, file.context.rowBytes)
  // One byte more, to see whether a frame is the last.
  const window = new ReadWindow(file.handle, FILE_HEADER_BYTES, largest + 1)
  for (let number = 1; ; number += 1) {
    const offset = window.offset
    const head = await view(window, FRAME_HEADER_BYTES, file)
    if (head.length === 0) return
    const frame =
      head.length < FRAME_HEADER_BYTES ? null : await nextFrame(file, window, nextHeader(file, head, number))
    if (frame === null && file.name === 'snapshot')
      throw bad(file, number, 'does not open: its bytes or the key differ')
    if (frame === null) return
    yield { ...frame, offset }
  }
}

function nextHeader(file: PairFile, head: Buffer, number: number): FrameHeader {
  const header = readFrameHeader(head)
  if (header === null) throw bad(file, number, 'has no frame header')
  if (header.number !== number) throw bad(file, number, `is out of order: it says ${header.number}`)
  return header
}

/** Null for the last frame of the file when it is cut short or does not open. */
async function nextFrame(file: PairFile, window: ReadWindow, header: FrameHeader) {
  const bytes = frameBytes(header, file.context.rowBytes)
  const sealed = await view(window, bytes, file)
  if (sealed.length < bytes) return null
  const frame = openFrame(file.context, sealed)
  if (frame !== null) {
    window.skip(bytes)
    return { ...frame, header, bytes }
  }
  const last = (await view(window, bytes + 1, file)).length === bytes
  if (last) return null
  throw bad(file, header.number, 'does not open: its bytes or the key differ')
}

async function view(window: ReadWindow, bytes: number, file: PairFile): Promise<Buffer> {
  try {
    return await window.view(bytes)
  } catch (error) {
    throw unreadable(file.name, error)
  }
}

/** The first bytes of a file. @throws IndexDamage */
export async function readStart(name: string, handle: FileHandle): Promise<Buffer> {
  const header = Buffer.alloc(FILE_HEADER_BYTES)
  try {
    const { bytesRead } = await handle.read(header, 0, FILE_HEADER_BYTES, 0)
    return header.subarray(0, bytesRead)
  } catch (error) {
    throw unreadable(name, error)
  }
}

export function unreadable(name: string, error: unknown): IndexDamage {
  return new IndexDamage(`The ${name} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
}

function bad(file: PairFile, number: number, what: string): IndexDamage {
  return new IndexDamage(`Frame ${number} of the ${file.name} ${what}.`)
}
