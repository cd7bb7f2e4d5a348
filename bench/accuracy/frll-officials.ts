import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LabelledPhoto, LabelledSet } from '../../src/evaluation/index.ts'

const COMPARED_IN = 2020

/**
 * Consenting adults (FRLL: neutral enrolled, smiling searched) among portraits of office holders, one each: half of
 * them enrolled, the other half searched as people who are not. Groups as recorded by the two sources.
 */
export async function frllOfficialsSet(data: string): Promise<LabelledSet> {
  const officials = await officialPhotos(join(data, 'us-officials-256'))
  return {
    name: 'FRLL among US office holders',
    photos: [...(await frllPhotos(join(data, 'frll-600'))), ...officials],
    problems: [],
  }
}

async function frllPhotos(folder: string): Promise<LabelledPhoto[]> {
  return (await rowsOf(join(folder, 'metadata.csv'))).flatMap((row): LabelledPhoto[] => {
    const { subject_id: subject = '', neutral = '', smiling = '', age = '', gender = '', ethnicity = '' } = row
    const groups = { sex: gender, ageBand: bandOf(Number(age)), race: raceOf(ethnicity) }
    const photo = (file: string, role: LabelledPhoto['role']) => {
      return { file: `frll/${file}`, path: join(folder, file), subject: `frll-${subject}`, role, groups }
    }
    return [photo(neutral, 'gallery'), photo(smiling, 'probe')]
  })
}

async function officialPhotos(folder: string): Promise<LabelledPhoto[]> {
  const rows = await rowsOf(join(folder, 'metadata.csv'))
  return rows.map((row, place): LabelledPhoto => {
    const { file = '', gender = '', ethnicity = '', date_of_birth: born = '' } = row
    const groups = { sex: gender, ageBand: bandOf(COMPARED_IN - Number(born.slice(0, 4))), race: raceOf(ethnicity) }
    const name = file.endsWith('.jpg') ? file : `${file}.jpg`
    const role = place % 2 === 0 ? 'gallery' : 'probe'
    return { file: `officials/${name}`, path: join(folder, name), subject: `official-${place}`, role, groups }
  })
}

async function rowsOf(path: string): Promise<readonly Readonly<Record<string, string>>[]> {
  const [head = '', ...lines] = (await readFile(path, 'utf8')).trim().split(/\r?\n/)
  const columns = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, place) => [columns[place] ?? '', cell])))
}

/** The two sources name groups differently. */
function raceOf(ethnicity: string): string {
  const text = ethnicity.toLowerCase().replace('-american', '')
  if (text === '') return 'not recorded'
  if (text.includes('/')) return 'several'
  return text === 'african' ? 'black' : text.replace('_', ' ')
}

function bandOf(years: number): string {
  if (!(years > 0)) return 'not recorded'
  return years < 30 ? '18 to 29' : years < 45 ? '30 to 44' : years < 60 ? '45 to 59' : '60 and over'
}
