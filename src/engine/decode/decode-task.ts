/** What a decode process is asked; the image file's bytes follow. */
export interface DecodeTask {
  /** `pixels`: upright RGB8. `display`: an upright JPEG without metadata. `ready`: nothing, answer only. */
  readonly kind: 'pixels' | 'display' | 'ready'
}

/** What it answers; pixels or a JPEG follow when `ok`. */
export type DecodeReply =
  | { readonly ok: true; readonly width: number; readonly height: number; readonly orientation: number }
  | { readonly ok: false; readonly code: 'unreadable_image' | 'decode_timeout'; readonly detail: string }
  | { readonly ok: false; readonly code: 'image_too_large'; readonly width: number; readonly height: number }

/** Most pixels an image may have. */
export const MOST_PIXELS = 40_000_000
/** Longest edge of a display copy, pixels. */
export const DISPLAY_EDGE = 1600

/** Whether what came over the pipe is an answer: the other end is not to be trusted. */
export function isDecodeReply(head: unknown, body: Uint8Array): head is DecodeReply {
  if (typeof head !== 'object' || head === null) return false
  const { ok, code, detail, width, height, orientation } = head as Record<string, unknown>
  if (ok === false && code === 'image_too_large') return isCount(width) && isCount(height)
  if (ok === false) return (code === 'unreadable_image' || code === 'decode_timeout') && typeof detail === 'string'
  if (ok !== true || !isCount(width) || !isCount(height) || !isCount(orientation) || orientation > 8) return false
  return width * height <= MOST_PIXELS && body.length <= MOST_PIXELS * 3
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
