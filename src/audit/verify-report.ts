import type { EntryFault } from './entry.ts'

export type ExportFaultCode =
  | EntryFault
  | 'header_unreadable'
  | 'format_unknown'
  | 'key_unreadable'
  | 'key_differs'
  | 'checkpoint_unreadable'
  | 'signature_unknown'
  | 'signature_wrong'
  | 'origin_differs'
  | 'line_missing'
  | 'line_out_of_order'
  | 'line_repeated'
  | 'line_added'
  | 'end_missing'
  | 'root_differs'
  | 'history_differs'
  | 'too_many_faults'
  | 'time_went_back'
  | 'log_would_fork'
  | 'log_damaged'
  | 'checkpoint_untrusted'

export interface ExportFault {
  /** 1-based line of the export; the header is line 1. */
  readonly line: number
  readonly code: ExportFaultCode
  readonly sentence: string
}

export interface VerifyReport {
  /** True when there is no fault; warnings do not count. */
  readonly ok: boolean
  /** Entries read. */
  readonly size: number
  /** Root computed from the entries read, 64 hex digits. */
  readonly root: string
  /** The origin named by the signed checkpoint; empty when it could not be read. */
  readonly origin: string
  readonly faults: readonly ExportFault[]
  readonly warnings: readonly ExportFault[]
  /** `export`: the key came with the export itself, so it only proves that the export is whole, not who signed it. */
  readonly keySource: 'given' | 'export'
}

/** Reading stops after this many faults. */
export const MOST_FAULTS = 100
