import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of a clock tick in /proc on every Linux that Node runs on. */
const TICK_MS = 10

/** Milliseconds of processor that the living child processes of this one have used so far; Linux only. */
export function childProcessorMs(): number {
  const numbers = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return numbers.reduce((sum, number) => sum + usedBy(number), 0)
}

function usedBy(number: string): number {
  try {
    return childTicks(readFileSync(`/proc/${number}/stat`, 'utf8'), process.pid) * TICK_MS
  } catch {
    return 0 // It has ended since the folder was read.
  }
}

/** Ticks of a line of /proc/.../stat when the process is a child of `parent`, else 0; its name may hold anything. */
export function childTicks(stat: string, parent: number): number {
  const [, parentNumber, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(parentNumber) === parent ? Number(rest[9]) + Number(rest[10]) : 0
}
