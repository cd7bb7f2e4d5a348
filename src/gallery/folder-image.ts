import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'
import { done, type Outcome, refuse } from '../base/index.ts'

export type FolderImageCode = 'image_path_unusable' | 'image_outside_folder' | 'image_missing' | 'image_file_too_large'

/** Bytes; the same limit as an upload. */
export const MAX_IMAGE_BYTES = 25 * 1024 * 1024

/**
 * Reads an image that a CSV names. Nothing outside the folder is read, be it by `..` or through a link.
 * @param folder the folder's real path
 * @param path relative to the folder
 */
export async function readFolderImage(folder: string, path: string): Promise<Outcome<Uint8Array, FolderImageCode>> {
  if (path === '' || path.includes('\0')) {
    return refuse('image_path_unusable', 'The line names no image.', 'Name a file, relative to the folder.')
  }
  const named = path.replaceAll('\\', '/')
  if (isAbsolute(named) || /^[A-Za-z]:/.test(named) || named.split('/').includes('..')) return outside(path)
  const real = await realpath(join(folder, named)).catch(() => null)
  if (real === null) return missing(path)
  if (real !== folder && !real.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return outside(path)
  const found = await stat(real).catch(() => null)
  if (found === null || !found.isFile()) return missing(path)
  if (found.size > MAX_IMAGE_BYTES) {
    return refuse(
      'image_file_too_large',
      `The image ${path} is larger than 25 MB.`,
      'Use the camera original or a smaller copy.',
    )
  }
  const bytes = await readFile(real).catch(() => null)
  return bytes === null ? missing(path) : done(new Uint8Array(bytes))
}

function missing(path: string): Outcome<never, 'image_missing'> {
  return refuse(
    'image_missing',
    `The image ${path} cannot be read.`,
    'Put the file into the folder, or correct its name.',
  )
}

function outside(path: string): Outcome<never, 'image_outside_folder'> {
  return refuse('image_outside_folder', `The image ${path} is outside the folder.`, 'Name a file in the folder itself.')
}
