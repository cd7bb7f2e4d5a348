import { readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Actor, requireRole, scopeOf } from '../access/index.ts'
import { append } from '../audit/index.ts'
import { done, type Outcome, refuse } from '../base/index.ts'
import { enrolLine } from './enrol-line.ts'
import type { FolderCode, FolderInput, FolderProgress, FolderReport, LineReport } from './folder-report.ts'
import { CSV_COLUMNS, type CsvLine, readBookingCsv } from './formats/csv.ts'
import type { GalleryDeps } from './gallery-deps.ts'
import { sourceExists } from './records.ts'

/** Photographs in the engine at one time. */
const CONCURRENCY = 2
const MAX_CSV_BYTES = 64 * 1024 * 1024
const DEFAULT_CSV = 'bookings.csv'

/**
 * Enrols a folder of booking photographs, line by line of its CSV. A line that cannot be enrolled is named in the
 * report and the others go on. Run again, it goes on where it stopped: what is enrolled is known by its hash,
 * and the engine does not run for it. Trouble with disk or database stops it by throwing. Role: custodian.
 */
export async function enrolFolder(
  deps: GalleryDeps,
  actor: Actor,
  input: FolderInput,
  onProgress: (progress: FolderProgress) => void = () => {},
): Promise<Outcome<FolderReport, FolderCode>> {
  const role = requireRole(actor, 'custodian')
  if (!role.ok) return role
  if (!(await deps.store.transaction(scopeOf(actor), (tx) => sourceExists(tx, input.source)))) {
    return refuse('source_unknown', 'There is no such source.', 'Register the source first, or choose a known one.')
  }
  const folder = await openFolder(input)
  if (!folder.ok) return folder
  const report = await enrolLines(deps, actor, input.source, folder.value, onProgress)
  await recordFinish(deps, actor, report)
  return done(report)
}

interface OpenFolder {
  readonly path: string
  readonly lines: readonly CsvLine[]
}

async function openFolder(input: FolderInput): Promise<Outcome<OpenFolder, FolderCode>> {
  const path = await realpath(input.folder).catch(() => null)
  const found = path === null ? null : await stat(path).catch(() => null)
  if (path === null || found?.isDirectory() !== true) {
    return refuse('folder_missing', `There is no folder ${input.folder}.`, 'Name the folder that holds the images.')
  }
  const csvPath = input.csv ?? join(path, DEFAULT_CSV)
  const csv = await stat(csvPath).catch(() => null)
  if (csv === null || !csv.isFile()) {
    return refuse(
      'csv_missing',
      `There is no CSV ${csvPath}, and images alone do not say whose they are.`,
      `Write a CSV whose first line is ${CSV_COLUMNS.join(',')}, one line per image, and name it with the folder.`,
      { facts: { columns: [...CSV_COLUMNS] } },
    )
  }
  if (csv.size > MAX_CSV_BYTES) {
    return refuse('csv_too_large', 'The CSV is larger than 64 MB.', 'Split it into several files.')
  }
  const lines = readBookingCsv(await readFile(csvPath))
  return lines.ok ? done({ path, lines: lines.value }) : lines
}

async function enrolLines(
  deps: GalleryDeps,
  actor: Actor,
  source: string,
  folder: OpenFolder,
  onProgress: (progress: FolderProgress) => void,
): Promise<FolderReport> {
  const reports: LineReport[] = []
  const total = folder.lines.length
  const counts = { enrolled: 0, known: 0, refused: 0 }
  onProgress({ done: 0, total, ...counts })
  await eachOf(folder.lines, async (line) => {
    const report = await enrolLine(deps, actor, { source, folder: folder.path, line })
    reports.push(report)
    counts[report.state] += 1
    onProgress({ done: reports.length, total, ...counts })
  })
  return { source, ...counts, lines: reports.sort((one, other) => one.line - other.line) }
}

/** Works on `CONCURRENCY` items at a time; after a throw no further item is begun, and those begun are waited for. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  let stopped = false
  const worker = async () => {
    for (const item of waiting) {
      if (stopped) return
      await work(item).catch((error: unknown) => {
        stopped = true
        throw error
      })
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: CONCURRENCY }, worker))
  const broken = ends.find((end) => end.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

async function recordFinish(deps: GalleryDeps, actor: Actor, report: FolderReport): Promise<void> {
  const { source, enrolled, known, refused } = report
  await deps.store.transaction(scopeOf(actor), async (tx) => {
    await append(tx, deps, {
      act: 'enrolment.finished',
      actor: actor.account,
      agency: actor.agency,
      about: source,
      facts: { source, enrolled, known, refused },
    })
  })
}
