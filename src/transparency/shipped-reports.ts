import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson, type JsonValue, sha256Hex } from '../base/index.ts'
import { type ReadFigures, readFigures } from './read-figures.ts'

/** A report that came with this version of the product. */
export interface ShippedReport extends ReadFigures {
  /** File name. */
  readonly file: string
  /** SHA-256 of the report's canonical form. */
  readonly digest: string
}

export interface ShippedReports {
  /** By file name. */
  readonly reports: readonly ShippedReport[]
  /** One sentence for each file that could not be used. */
  readonly leftOut: readonly string[]
}

const FOLDER = join(import.meta.dirname, 'reports')

/** Reads the reports that came with this version, once, at the start. A damaged file is left out with a sentence. */
export async function readShippedReports(folder: string = FOLDER): Promise<ShippedReports> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json')).sort()
  const read = await Promise.all(files.map((file) => readOne(folder, file)))
  return {
    reports: read.filter((one) => typeof one !== 'string'),
    leftOut: read.filter((one) => typeof one === 'string'),
  }
}

async function readOne(folder: string, file: string): Promise<ShippedReport | string> {
  const value = parsed(await readFile(join(folder, file), 'utf8'))
  if (value === undefined) return `The report ${file} is no JSON and was left out.`
  const read = readFigures(value)
  if (!read.ok) return `The report ${file} was left out. ${read.problem.message}`
  return { ...read.value, file, digest: sha256Hex(canonicalJson(value)) }
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
