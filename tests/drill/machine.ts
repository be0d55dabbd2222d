import { execFileSync } from 'node:child_process'
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os'

/** On what a result was measured. */
export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGiB: number
  /** Average of the last quarter of an hour: above the cores, others had work too. */
  readonly load: number
  readonly system: string
  readonly node: string
  readonly commit: string
}

export function thisMachine(folder: string): Machine {
  const [first] = cpus()
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    load: Math.round(loadavg()[2]! * 10) / 10,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    commit: commitOf(folder),
  }
}

/** Where and when, for people. */
export function machineLine({ cores, cpu, memoryGiB, load, system, node, commit }: Machine, date: string): string {
  return `Measured ${date} on ${cores} cores (${cpu}), ${memoryGiB} GiB, load average ${load}, ${system}, Node ${node}, commit ${commit}`
}

/** With a plus sign if something is not committed. */
function commitOf(folder: string): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : '+'}`
  } catch {
    return 'unknown'
  }
}
