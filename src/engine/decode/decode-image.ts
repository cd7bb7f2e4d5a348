import { done, fail, type Outcome } from '../../base/index.ts'
import type { EngineCode, ImageAnalysis } from '../engine.ts'
import type { Pixels } from '../pixels.ts'
import type { DecodePool, DecodeResult } from './decode-pool.ts'
import { type DecodeReply, MOST_PIXELS } from './decode-task.ts'
import { sniffMediaType } from './sniff-media-type.ts'

export interface DecodedImage {
  readonly mediaType: ImageAnalysis['mediaType']
  /** As the file said, 1 to 8; the pixels are upright already. */
  readonly exifOrientation: number
  readonly pixels: Pixels
}

type Failure = Extract<Outcome<never, EngineCode>, { ok: false }>

/** Decodes a JPEG or PNG file to upright RGB8 pixels in a separate limited process. */
export async function decodeImage(pool: DecodePool, bytes: Uint8Array): Promise<Outcome<DecodedImage, EngineCode>> {
  const mediaType = acceptedType(bytes)
  if (!mediaType.ok) return mediaType
  const answer = readAnswer(await pool.run({ kind: 'pixels' }, bytes))
  if (!answer.ok) return answer
  const { reply, body } = answer.value
  const { width, height, orientation } = reply
  // Three bytes to a pixel; anything else did not come from the program that was started.
  if (width * height === 0 || body.length !== width * height * 3) return readAnswer({ end: 'crashed' }) as Failure
  return done({ mediaType: mediaType.value, exifOrientation: orientation, pixels: { width, height, data: body } })
}

/** An upright JPEG without metadata, longest edge at most 1600 pixels. */
export async function makeDisplayCopy(pool: DecodePool, bytes: Uint8Array): Promise<Outcome<Uint8Array, EngineCode>> {
  const mediaType = acceptedType(bytes)
  if (!mediaType.ok) return mediaType
  const answer = readAnswer(await pool.run({ kind: 'display' }, bytes))
  return answer.ok ? done(answer.value.body) : answer
}

function acceptedType(bytes: Uint8Array): Outcome<ImageAnalysis['mediaType'], EngineCode> {
  if (bytes.length === 0) return fail('empty_file', 'The file is empty.', 'Upload the photograph again.')
  const mediaType = sniffMediaType(bytes)
  if (mediaType !== undefined) return done(mediaType)
  return fail('unsupported_type', 'The file is neither a JPEG nor a PNG image.', 'Upload it as JPEG or PNG.')
}

interface Answer {
  readonly reply: Extract<DecodeReply, { ok: true }>
  readonly body: Uint8Array
}

function readAnswer(result: DecodeResult): Outcome<Answer, EngineCode> {
  switch (result.end) {
    case 'busy':
      return fail('engine_busy', 'Too many images are waiting to be read.', 'Try again in a minute.')
    case 'timed_out':
      return timeout()
    case 'crashed': {
      const sentence = 'Reading this image ended the process that reads images.'
      return fail('decode_crashed', sentence, 'Save the photograph anew as JPEG and upload that copy.')
    }
    case 'answered':
      return result.reply.ok ? done({ reply: result.reply, body: result.body }) : readRefusal(result.reply)
  }
}

function readRefusal(reply: Extract<DecodeReply, { ok: false }>): Failure {
  if (reply.code === 'decode_timeout') return timeout()
  if (reply.code === 'image_too_large') {
    const sentence = `The image has ${reply.width} x ${reply.height} pixels; at most 40 megapixels are read.`
    const facts = { width: reply.width, height: reply.height, mostPixels: MOST_PIXELS }
    return fail('image_too_large', sentence, 'Upload a smaller copy.', { facts })
  }
  const remedy = 'Upload an undamaged copy of the photograph.'
  return fail('unreadable_image', 'The image is damaged or incomplete.', remedy, { facts: { detail: reply.detail } })
}

function timeout(): Failure {
  return fail(
    'decode_timeout',
    'Reading this image took too long.',
    'Save the photograph anew as JPEG and upload that copy.',
  )
}
