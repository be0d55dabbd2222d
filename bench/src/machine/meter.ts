import type { ProcessGroup, RunningContestant } from '../contestants/contestant.ts'
import { noiseBetween, readProcessors, type Noise } from './noise.ts'
import { cpuSeconds, memoryBytes, processTree, readProcesses } from './processes.ts'

export type MeasuredGroup = ProcessGroup | 'driver' | 'harness'
/** Processor time by who used it, seconds. */
export type CpuByGroup = Readonly<Partial<Record<MeasuredGroup, number>>>

export interface Meter {
  /** What was used since the meter was made, and how quiet the machine was. */
  read(contestant: RunningContestant): Promise<{ readonly cpu: CpuByGroup; readonly noise: Noise }>
}

/**
 * Begins to count processor time of all that is measured, and of the rest.
 * @param driver its process
 * @param contestant one that runs already; else all that it will have used counts
 */
export async function startMeter(driver: number, contestant?: RunningContestant): Promise<Meter> {
  const processors = readProcessors()
  const before = await cpuByGroup(driver, contestant)
  return {
    async read(running) {
      const after = await cpuByGroup(driver, running)
      const cpu: CpuByGroup = Object.fromEntries(Object.entries(after).map(([group, seconds]) => [group, seconds - (before[group as MeasuredGroup] ?? 0)]))
      return { cpu, noise: noiseBetween(processors, readProcessors(), total(cpu)) }
    },
  }
}

async function cpuByGroup(driver: number, contestant: RunningContestant | undefined): Promise<CpuByGroup> {
  const table = readProcesses()
  const groups = [...((await contestant?.groups(table)) ?? [])]
  const own = process.cpuUsage()
  return {
    ...Object.fromEntries(groups.map(([group, pids]) => [group, cpuSeconds(table, pids)])),
    driver: cpuSeconds(table, processTree(table, driver)),
    harness: (own.user + own.system) / 1e6,
  }
}

/** Memory of a contestant with its worker, bytes. */
export async function memoryOf(contestant: RunningContestant): Promise<number> {
  const groups = await contestant.groups(readProcesses())
  return memoryBytes([...groups.values()].flat())
}

export function total(cpu: CpuByGroup): number {
  return Object.values(cpu).reduce((sum, seconds) => sum + seconds, 0)
}
