import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isSystemError } from './private-files.ts'

/** A process for certain: numbers are used again, a number and a start time are not. */
export interface ProcessIdentity {
  readonly pid: number
  /** Opaque: only good for comparing on the same machine. */
  readonly started: string
}

/** Who a process is, or nothing if there is none with that number. */
export async function processIdentity(pid: number): Promise<ProcessIdentity | undefined> {
  const started = process.platform === 'linux' ? await startedOnLinux(pid) : await startedByPs(pid)
  return started === undefined ? undefined : { pid, started }
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await processIdentity(identity.pid))?.started === identity.started
}

async function startedOnLinux(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1')
    // The command stands in brackets and may hold any character, so fields count from the last one. The first is the
    // state (a zombie has ended), the twentieth the start in clock ticks since boot: proc(5), fields 3 and 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch (error) {
    if (isSystemError(error, 'ENOENT', 'ESRCH')) return undefined
    throw error
  }
}

async function startedByPs(pid: number): Promise<string | undefined> {
  try {
    // In the same words and the same time zone for all who compare.
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } })
    return stdout.trim() || undefined
  } catch (error) {
    // ps ends with 1 when it has nothing to show.
    if (error instanceof Error && 'code' in error && error.code === 1) return undefined
    throw error
  }
}
