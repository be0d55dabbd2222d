import { warning, problem, type Finding } from './check.ts'

interface Kind {
  readonly name: string
  /** Whether a file can be closed to others there. */
  readonly keepsModes: boolean
}

/** Types that statfs(2) gives on Linux. On all others, files are as on a disk of this machine. */
const KINDS: Readonly<Record<number, Kind>> = {
  0x6969: { name: 'NFS', keepsModes: true },
  0x00c36400: { name: 'CephFS', keepsModes: true },
  0x65735546: { name: 'FUSE', keepsModes: true },
  0x517b: { name: 'SMB', keepsModes: false },
  0xff534d42: { name: 'CIFS', keepsModes: false },
  0xfe534d42: { name: 'SMB2', keepsModes: false },
  0x01021997: { name: '9P, as Windows drives in WSL', keepsModes: false },
  0x786f4256: { name: 'a folder shared by VirtualBox', keepsModes: false },
  0x4d44: { name: 'FAT', keepsModes: false },
  0x2011bab0: { name: 'exFAT', keepsModes: false },
}

/** What is wrong with keeping databases and keys on a file system of this type, if anything. */
export function fileSystemProblem(type: number, path: string): Finding | undefined {
  // The number is 32 bits wide, and some systems give it with a sign.
  const kind = KINDS[type >>> 0]
  if (!kind) return undefined
  const fix = 'set SUNDIAL_STATE to a folder on a disk of this machine'
  if (!kind.keepsModes) return problem(`${path} is on ${kind.name}`, 'a file system that keeps modes: keys are closed to others, and PostgreSQL insists', fix)
  return warning(`${path} is on ${kind.name}`, 'a disk of this machine: a network is slow for a database, and may lose its locks', fix)
}
