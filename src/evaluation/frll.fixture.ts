import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ageBand, type LabelledPhoto, type LabelledSet } from './labelled-set.ts'

const ROOT = resolve(import.meta.dirname, '..', '..')

/** Consenting adults, a neutral and a smiling photograph each; beside the repository, not in it. */
export const FRLL: string = resolve(ROOT, '..', 'shared', 'data', 'frll-600')
export const WEIGHTS: string = join(ROOT, '.countenance', 'weights')
export const hasFrll: boolean = existsSync(join(FRLL, 'metadata.csv'))
if (!hasFrll) console.log('Tests on FRLL photographs are skipped: ../shared/data/frll-600 is not here.')

/**
 * The set as its own metadata.csv describes it (subject_id, neutral, smiling, age, gender, ethnicity): neutral
 * photographs are enrolled, smiling ones are probes; the last `strangers` people are not enrolled.
 */
export async function frllSet(people: number, strangers: number): Promise<LabelledSet> {
  const [, ...lines] = (await readFile(join(FRLL, 'metadata.csv'), 'utf8')).trim().split(/\r?\n/)
  const photos = lines.slice(0, people).flatMap((line, at): LabelledPhoto[] => {
    const [subject = '', neutral = '', smiling = '', age = '', gender = '', race = ''] = line.split(',')
    const years = Number(age)
    const groups = {
      sex: gender === 'female' ? 'F' : 'M',
      ...(years > 0 && { ageBand: ageBand(years) }),
      ...(race !== '' && { race }),
    }
    const photo = (file: string, role: LabelledPhoto['role']) => ({
      file,
      path: join(FRLL, file),
      subject,
      role,
      groups,
    })
    return [...(at < people - strangers ? [photo(neutral, 'gallery')] : []), photo(smiling, 'probe')]
  })
  return { name: 'FRLL neutral and smiling', photos, problems: [] }
}
