import { readdirSync, readFileSync } from 'node:fs'

/** Of Linux on every architecture that Node runs on: `getconf CLK_TCK`. */
const TICKS_PER_SECOND = 100

interface Stat {
  readonly pid: number
  readonly parent: number
  /** Of the process and of its children that have ended, seconds. */
  readonly cpuSeconds: number
}

/** Processes, by number. */
export type ProcessTable = ReadonlyMap<number, Stat>

/** All processes of the machine now. */
export function readProcesses(): ProcessTable {
  const table = new Map<number, Stat>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = readStat(Number(name))
    if (stat) table.set(stat.pid, stat)
  }
  return table
}

/** proc(5): the command stands in brackets and may hold anything, so fields count from the last one; the first is the third. */
function readStat(pid: number): Stat | undefined {
  const text = readIfThere(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { pid, parent: Number(fields[1]), cpuSeconds: ticks / TICKS_PER_SECOND }
}

/** A process and all that descend from it, but not what is below those in `without`. */
export function processTree(table: ProcessTable, root: number, without: ReadonlySet<number> = new Set()): number[] {
  if (!table.has(root)) return []
  const tree = [root]
  // Grows while it is walked.
  for (const parent of tree) for (const stat of table.values()) if (stat.parent === parent && !without.has(stat.pid)) tree.push(stat.pid)
  return tree
}

export function cpuSeconds(table: ProcessTable, pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (table.get(pid)?.cpuSeconds ?? 0), 0)
}

/** Proportional set size, bytes: what is shared counts once, divided among those who share it. */
export function memoryBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+) kB$/m.exec(readIfThere(`/proc/${pid}/smaps_rollup`) ?? '')?.[1] ?? 0) * 1024, 0)
}

/** A process may end while it is looked at. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return undefined
    throw error
  }
}
