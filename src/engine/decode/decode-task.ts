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
