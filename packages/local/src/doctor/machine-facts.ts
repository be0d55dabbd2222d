import { lookup } from 'node:dns/promises'
import { statfs } from 'node:fs/promises'
import { arch, availableParallelism, freemem, platform, totalmem } from 'node:os'
import { runCommand } from '../toolchain/run-command.ts'

/** What a machine says of itself. */
export interface MachineFacts {
  readonly nodeVersion: string
  /** As Node names them: linux, darwin; x64, arm64. */
  readonly os: string
  readonly arch: string
  /** The C library of a Linux. */
  readonly libc: 'glibc' | 'other'
  readonly userId: number
  readonly cores: number
  /** Bytes, within the limit of a container. */
  readonly memory: number
  readonly freeMemory: number
  /** Files that a process may have open. */
  readonly openFiles: number
  /** Where Linux shows its processes. */
  readonly procFolder: string
  /** Addresses of a name. */
  resolve(name: string): Promise<readonly string[]>
  /** The file system of a folder. */
  volume(folder: string): Promise<Volume>
}

export interface Volume {
  readonly freeBytes: number
  /** 0 where files are made without a limit of their own. */
  readonly inodes: number
  readonly freeInodes: number
  /** As Linux names it in statfs(2). */
  readonly type: number
}

export async function readMachineFacts(): Promise<MachineFacts> {
  const limit = process.constrainedMemory()
  return {
    nodeVersion: process.versions.node,
    os: platform(),
    arch: arch(),
    libc: platform() === 'linux' && !isGlibc() ? 'other' : 'glibc',
    userId: process.getuid?.() ?? 0,
    cores: availableParallelism(),
    memory: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    freeMemory: Math.min(process.availableMemory(), freemem()),
    openFiles: await openFiles(),
    procFolder: '/proc',
    resolve: async (name) => (await lookup(name, { all: true })).map(({ address }) => address),
    volume: async (folder) => {
      const { bavail, bsize, files, ffree, type } = await statfs(folder)
      return { freeBytes: bavail * bsize, inodes: files, freeInodes: ffree, type }
    },
  }
}

/** Asked of a child: Node raises its own limit, and its children have that. */
async function openFiles(): Promise<number> {
  const { stdout } = await runCommand('sh', ['-c', 'ulimit -n'], { timeoutMs: 1_000 })
  return stdout.trim() === 'unlimited' ? Infinity : Number(stdout)
}

function isGlibc(): boolean {
  const report = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return report.header.glibcVersionRuntime !== undefined
}
