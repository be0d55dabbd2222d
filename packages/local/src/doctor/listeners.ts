import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'

export interface Listener {
  readonly pid: number
  readonly command: string
}

/** Signs of a command line that are shown. */
const MAX_COMMAND = 80

/** State "listen" in /proc/net/tcp: proc(5), and the kernel's include/net/tcp_states.h. */
const LISTEN = '0A'

/** Who listens on these ports, as far as this user may see it, on Linux. */
export async function listenersOn(ports: ReadonlySet<number>, procFolder: string): Promise<ReadonlyMap<number, Listener>> {
  const listeners = new Map<number, Listener>()
  const portOfInode = new Map<string, number>()
  for (const table of ['net/tcp', 'net/tcp6']) {
    const text = await readFile(join(procFolder, table), 'utf8').catch(() => '')
    for (const line of text.split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
      const port = Number.parseInt(local.split(':')[1] ?? '', 16)
      if (state === LISTEN && ports.has(port)) portOfInode.set(inode, port)
    }
  }
  if (portOfInode.size === 0) return listeners
  for (const name of await readdir(procFolder).catch(() => [])) {
    if (!/^\d+$/.test(name)) continue
    for (const inode of await socketsOf(join(procFolder, name))) {
      const port = portOfInode.get(inode)
      if (port !== undefined) listeners.set(port, { pid: Number(name), command: await commandOf(join(procFolder, name)) })
    }
  }
  return listeners
}

/** None of a process that is another user's, or has ended in the meantime. */
async function socketsOf(processFolder: string): Promise<string[]> {
  const folder = join(processFolder, 'fd')
  const files = await readdir(folder).catch(() => [])
  const links = await Promise.all(files.map((file) => readlink(join(folder, file)).catch(() => '')))
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
}

/** The program without its folder, and what it was told. */
async function commandOf(processFolder: string): Promise<string> {
  const text = await readFile(join(processFolder, 'cmdline'), 'utf8').catch(() => '')
  const [program = '', ...args] = text.split('\0').filter(Boolean)
  const command = [basename(program), ...args].join(' ')
  return command.length > MAX_COMMAND ? `${command.slice(0, MAX_COMMAND - 1)}…` : command
}
