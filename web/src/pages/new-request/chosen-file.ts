const MAX_BYTES = 25_000_000
const TYPES = new Set(['image/jpeg', 'image/png'])

/** What is wrong with a file before it is sent, or null. The service looks again, at the bytes. */
export function fileTrouble(file: Pick<File, 'size' | 'type'>): string | null {
  if (file.size === 0) return 'The file is empty.'
  if (!TYPES.has(file.type)) return 'The file is not a JPEG or PNG photograph.'
  if (file.size > MAX_BYTES) return 'The file is larger than 25 MB.'
  return null
}

export function firstFile(transfer: Pick<DataTransfer, 'files'> | null): File | null {
  return transfer?.files[0] ?? null
}
