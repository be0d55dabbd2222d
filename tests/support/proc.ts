import { readdir, readFile, readlink } from 'node:fs/promises'

/** Every process that descends from one, and that one. */
export async function processTree(root: number): Promise<number[]> {
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
  const states = await Promise.all(pids.map(async (pid) => ({ pid, state: (await stateFields(pid))?.[0] })))
  return states.flatMap(({ pid, state }) => (state === undefined || state === 'Z' ? [] : [pid]))
}

/** State, parent and so on: the program's name before them is in brackets and may hold anything. */
async function stateFields(pid: number | string): Promise<string[] | undefined> {
  const stat = await unlessGone(readFile(`/proc/${pid}/stat`, 'utf8'))
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** The arguments of a process: every user of the machine may read them. */
export async function commandLine(pid: number): Promise<string[]> {
  return ((await unlessGone(readFile(`/proc/${pid}/cmdline`, 'utf8'))) ?? '').split('\0').slice(0, -1)
}

/** The environment that a process was started with: its owner may read it. */
export async function environment(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/environ`, 'utf8')
}

export interface Listener {
  readonly address: string
  readonly port: number
}

/** The TCP sockets that a process listens on. */
export async function listeners(pid: number): Promise<Listener[]> {
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
