import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../base/index.ts'
import type { LabelledPhoto } from './labelled-set.ts'

const IMAGE = /\.(jpe?g|png)$/i

/** What a folder with one subfolder per person holds (the shape of LFW). */
export interface FolderContents {
  readonly photos: readonly LabelledPhoto[]
  readonly problems: readonly Problem[]
}

/**
 * Every JPEG and PNG one level down; the subfolder's name says who it shows, the order of file names which is first.
 * Hidden names and files of other kinds are passed over; photographs that lie beside the subfolders are a problem.
 * @param folder its real path; subfolders and photographs may be links
 */
export async function readPersonFolders(folder: string): Promise<FolderContents> {
  const photos: LabelledPhoto[] = []
  const problems: Problem[] = []
  for (const name of await visibleNames(folder)) {
    const path = join(folder, name)
    if ((await stat(path).catch(() => null))?.isDirectory() === true) {
      const files = (await visibleNames(path)).filter((file) => IMAGE.test(file))
      photos.push(...files.map((file) => photoOf(name, file, join(path, file))))
    } else if (IMAGE.test(name)) problems.push(unlabelled(name))
  }
  return { photos, problems }
}

async function visibleNames(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort()
}

function photoOf(subject: string, file: string, path: string): LabelledPhoto {
  return { file: `${subject}/${file}`, path, subject, role: 'both', groups: {} }
}

function unlabelled(name: string): Problem {
  return {
    kind: 'refusal',
    code: 'photo_unlabelled',
    message: 'The photograph lies in no person’s folder, so nobody knows whom it shows.',
    remedy: 'Move it into a folder of its person, or list it in a CSV.',
    where: name,
  }
}
