/** A table of the report, the same for terminal and page. */
export interface ReportTable {
  readonly title: string
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly string[])[]
}

export interface ReportColumn {
  readonly title: string
  /** Numbers stand at the right, words at the left. */
  readonly numeric: boolean
}

export const words = (title: string): ReportColumn => ({ title, numeric: false })
export const numbers = (title: string): ReportColumn => ({ title, numeric: true })
