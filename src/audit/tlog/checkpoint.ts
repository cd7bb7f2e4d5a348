/** The state of a log: so many leaves have this root (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  /** 32 bytes. */
  readonly root: Uint8Array
}

/** The text that is signed as a note. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`
}

/** Reads the text of an opened note; lines after the third are extensions and are ignored. Null when malformed. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [origin = '', digits = '', encoded = '', ...rest] = text.split('\n')
  if (rest.pop() !== '' || rest.includes('')) return null
  const root = Buffer.from(encoded, 'base64')
  const size = Number(digits)
  if (origin === '' || !/^(0|[1-9]\d*)$/.test(digits) || !Number.isSafeInteger(size)) return null
  if (root.length !== 32 || root.toString('base64') !== encoded) return null
  return { origin, size, root }
}
