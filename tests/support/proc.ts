import { readdir, readFile, readlink } from 'node:fs/promises'
import { TestRunner } from 'vitest'

/** Ends the test that asks, as skipped, on a system without what only Linux has. */
function needsProc(): void {
  if (process.platform === 'linux') return
  const reason = 'it reads /proc, which only Linux has'
  const test = TestRunner.getCurrentTest()
  if (!test) throw new Error(reason)
  test.context.skip(reason)
}

/** Every process that descends from one, and that one. */
export async function processTree(root: number): Promise<number[]> {
  needsProc()
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const parents = new Map(
    (await Promise.all(pids.map(async (pid) => [Number(pid), await parentOf(pid)] as const))).filter(([, parent]) => parent !== undefined),
  )
  const tree = [root]
  // Grows while it is walked.
  for (const parent of tree) tree.push(...[...parents].filter(([, its]) => its === parent).map(([pid]) => pid))
  return tree
}

async function parentOf(pid: string): Promise<number | undefined> {
  const parent = (await stateFields(pid))?.[1]
  return parent === undefined ? undefined : Number(parent)
}

/** Of these processes, those that run. One that has ended and whose parent did not ask for it yet runs no more. */
export async function running(pids: readonly number[]): Promise<number[]> {
  const states = await Promise.all(pids.map(async (pid) => ({ pid, runs: exists(pid) && !(await isZombie(pid)) })))
  return states.flatMap(({ pid, runs }) => (runs ? [pid] : []))
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // Another user's is there too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Only Linux shows it. Elsewhere it counts as running until its parent has asked for it, which ours do at once. */
async function isZombie(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const [state] = (await stateFields(pid)) ?? ['Z']
  return state === 'Z'
}

/** State, parent and so on: the program's name before them is in brackets and may hold anything. */
async function stateFields(pid: number | string): Promise<string[] | undefined> {
  const stat = await unlessGone(readFile(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** The arguments of a process: every user of the machine may read them. */
export async function commandLine(pid: number): Promise<string[]> {
  needsProc()
  return ((await unlessGone(readFile(`/proc/${pid}/cmdline`, 'utf8'))) ?? '').split('\0').slice(0, -1)
}

/** The environment that a process was started with: its owner may read it. */
export async function environment(pid: number): Promise<string> {
  needsProc()
  return readFile(`/proc/${pid}/environ`, 'utf8')
}

export interface Listener {
  readonly address: string
  readonly port: number
}

/** The TCP sockets that a process listens on. */
export async function listeners(pid: number): Promise<Listener[]> {
  needsProc()
  const inodes = await socketsOf(pid)
  const tables = await Promise.all(['tcp', 'tcp6'].map((table) => readFile(`/proc/${pid}/net/${table}`, 'utf8')))
  return tables
    .flatMap((table) => table.trimEnd().split('\n').slice(1))
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
      const [address = '', port = ''] = local.split(':')
      return state === LISTEN && inodes.has(inode) ? [{ address: readAddress(address), port: Number.parseInt(port, 16) }] : []
    })
}

/** As the kernel numbers the states of a connection. */
const LISTEN = '0A'

async function socketsOf(pid: number): Promise<Set<string>> {
  const names = (await unlessGone(readdir(`/proc/${pid}/fd`))) ?? []
  const targets = await Promise.all(names.map((name) => unlessGone(readlink(`/proc/${pid}/fd/${name}`))))
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target ?? '')?.[1] ?? []))
}

/** The kernel writes an IPv4 address as one number of this machine's byte order; one of IPv6 is left as it is. */
function readAddress(hex: string): string {
  if (hex.length !== 8) return hex
  return [6, 4, 2, 0].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.')
}

/** A process may end while it is looked at. */
async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return undefined
    throw error
  }
}
