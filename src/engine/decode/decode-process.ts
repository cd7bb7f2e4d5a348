/**
 * The program of a decode process: reads image files on stdin, writes pixels on stdout, and ends
 * when the engine's end of the pipe does. It has no environment, no network code and no secrets.
 */
import sharp from 'sharp'
import { type DecodeReply, type DecodeTask, DISPLAY_EDGE, MOST_PIXELS } from './decode-task.ts'
import { type Frame, readFrames, writeFrame } from './frames.ts'

// Only the two formats that are accepted can be read at all; every other loader is shut.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng'] })
sharp.cache(false)
sharp.concurrency(1)

const LIMITS = { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true } as const
const DECODE_SECONDS = 8

interface Answer {
  readonly reply: DecodeReply
  readonly body?: Uint8Array
}

async function answer({ head, body }: Frame): Promise<Answer> {
  const { kind } = head as DecodeTask
  if (kind === 'ready') return { reply: { ok: true, width: 0, height: 0, orientation: 1 } }
  const found = await sharp(body, { ...LIMITS, limitInputPixels: false }).metadata()
  const { width, height } = found
  // A file may say any number; only 1 to 8 mean something (EXIF 2.32, tag 0x0112).
  const orientation = within1to8(found.orientation) ? found.orientation : 1
  if (width * height > MOST_PIXELS) return { reply: { ok: false, code: 'image_too_large', width, height } }
  const { data, info } = await (kind === 'display' ? displayCopy(body) : uprightPixels(body))
  return { reply: { ok: true, width: info.width, height: info.height, orientation }, body: data }
}

function within1to8(value: number | undefined): value is number {
  return value !== undefined && value >= 1 && value <= 8
}

function uprightPixels(bytes: Uint8Array) {
  const image = sharp(bytes, LIMITS).timeout({ seconds: DECODE_SECONDS }).autoOrient()
  return image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
}

function displayCopy(bytes: Uint8Array) {
  const size = { width: DISPLAY_EDGE, height: DISPLAY_EDGE, fit: 'inside', withoutEnlargement: true } as const
  const image = sharp(bytes, LIMITS).timeout({ seconds: DECODE_SECONDS }).autoOrient().resize(size)
  return image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 90 })
    .toBuffer({ resolveWithObject: true })
}

/** The words of libvips on what is wrong; they never hold image content. */
function failure(error: unknown): Answer {
  const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''
  const code = detail.includes('timeout') ? 'decode_timeout' : 'unreadable_image'
  return { reply: { ok: false, code, detail: detail.slice(0, 200) } }
}

readFrames(
  process.stdin,
  (frame) => {
    answer(frame)
      .catch(failure)
      .then(({ reply, body }) => writeFrame(process.stdout, reply, body))
  },
  () => process.exit(1),
)
process.stdin.on('end', () => process.exit(0))
process.stdout.on('error', () => process.exit(0))
