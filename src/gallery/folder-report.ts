import type { Problem } from '../base/index.ts'
import type { BookingCode } from './booking.ts'
import type { FolderImageCode } from './folder-image.ts'

/** What to enrol: a folder of images and the CSV that says whose they are. */
export interface FolderInput {
  readonly folder: string
  /** Path of the CSV; `bookings.csv` in the folder when absent. Image paths in it are relative to the folder. */
  readonly csv?: string
  /** Id of a registered source. */
  readonly source: string
}

/** Lines of the CSV, without its header. `done` counts towards `total`. */
export interface FolderProgress {
  readonly done: number
  readonly total: number
  readonly enrolled: number
  readonly known: number
  readonly refused: number
}

/** Why the whole folder cannot be enrolled; no line was looked at. */
export type FolderCode =
  | 'role_required'
  | 'source_unknown'
  | 'folder_missing'
  | 'csv_missing'
  | 'csv_too_large'
  | 'csv_unreadable'
  | 'csv_column_missing'

export type LineCode = BookingCode | FolderImageCode | 'line_unreadable'

/** What became of one line; `line` counts from 1, the header included. */
export type LineReport =
  | { readonly line: number; readonly state: 'enrolled' | 'known'; readonly booking: string }
  | { readonly line: number; readonly state: 'refused'; readonly problem: Problem<LineCode> }

export interface FolderReport {
  readonly source: string
  readonly enrolled: number
  readonly known: number
  readonly refused: number
  /** In the order of the file. */
  readonly lines: readonly LineReport[]
}
