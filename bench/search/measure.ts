/** What one piece of work took. */
export interface Spent {
  /** Milliseconds of processor, all threads of the process together. */
  readonly cpu: number
  /** Milliseconds that passed. */
  readonly wall: number
}

/** Runs work once and says what it took. */
export async function spend(work: () => unknown): Promise<Spent> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const wall = performance.now() - start
  const used = process.cpuUsage(cpu)
  return { cpu: (used.user + used.system) / 1000, wall }
}

/** The middle value; the upper one of two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** @param part 0 to 1 */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Median and least of processor and wall time. */
export function spentCells(spent: readonly Spent[]): readonly string[] {
  const cpu = spent.map((one) => one.cpu)
  const wall = spent.map((one) => one.wall)
  return [median(cpu), Math.min(...cpu), median(wall), Math.min(...wall)].map(milliseconds)
}

export const SPENT_HEADS = ['CPU ms', 'least CPU ms', 'wall ms', 'least wall ms'] as const

/** How many times as much processor as the other took, by medians. */
export function ratioText(own: readonly Spent[], other: readonly Spent[]): string {
  return (median(own.map(({ cpu }) => cpu)) / median(other.map(({ cpu }) => cpu))).toFixed(2)
}

export function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(1)
}

/** @param count of how many the sentence speaks */
export function shareText(count: number, of: number): string {
  return of === 0 ? '-' : `${(count / of).toFixed(4)} (${count}/${of})`
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}

/** Prints a markdown table. */
export function printTable(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  console.log(`\n${[line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')}\n`)
}
