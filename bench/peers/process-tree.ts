import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** What a process and all its children use; the decode processes of an engine count like the rest of it. */
export interface TreeUse {
  /** Seconds of processor time. */
  readonly processor: number
  /** Bytes in memory; a page shared by several processes is divided among them where Linux tells. */
  readonly resident: number
}

const TICKS_PER_SECOND = 100
const PAGE = 4096

interface Row {
  readonly pid: number
  readonly parent: number
  readonly use: TreeUse
}

/** Reads Linux's process table; elsewhere only the own process can be told. */
export function treeUse(): TreeUse {
  const { user, system } = process.cpuUsage()
  const own = { processor: (user + system) / 1e6, resident: proportional('self') ?? process.memoryUsage.rss() }
  if (!existsSync('/proc/self/stat')) return own
  const rows = readdirSync('/proc').flatMap(processRow)
  const members = new Set([process.pid])
  for (let size = 0; size !== members.size; ) {
    size = members.size
    for (const row of rows) if (members.has(row.parent)) members.add(row.pid)
  }
  const others = rows.filter(({ pid }) => pid !== process.pid && members.has(pid))
  return {
    processor: others.reduce((sum, { use }) => sum + use.processor, own.processor),
    resident: others.reduce((sum, { use }) => sum + use.resident, own.resident),
  }
}

function processRow(name: string): Row[] {
  if (!/^\d+$/.test(name)) return []
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [parent = 0, user = 0, system = 0, pages = 0] = [1, 11, 12, 21].map((place) => Number(fields[place]))
    const use = { processor: (user + system) / TICKS_PER_SECOND, resident: proportional(name) ?? pages * PAGE }
    return [{ pid: Number(name), parent, use }]
  } catch {
    return []
  }
}

/** The proportional set size in bytes. */
function proportional(process: string): number | undefined {
  try {
    const kilobytes = /^Pss: +(\d+) kB/m.exec(readFileSync(`/proc/${process}/smaps_rollup`, 'latin1'))?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}
