import { ok, problem, warning, type Check } from './check.ts'

const GIB = 2 ** 30

export const system: Check = {
  name: 'system',
  async run({ machine: { os, arch, libc } }) {
    const needed = 'Linux with glibc, or macOS; x64 or arm64'
    if (os !== 'linux' && os !== 'darwin') return [problem(os, needed, os === 'win32' ? 'use the Windows Subsystem for Linux' : 'use another machine')]
    if (arch !== 'x64' && arch !== 'arm64') return [problem(`${os} on ${arch}`, needed, 'use another machine')]
    // Temporal's SDK has no build for musl.
    if (libc === 'other') return [problem('Linux without glibc', needed, 'use a distribution with glibc, such as Debian; Alpine has another C library')]
    return [ok(`${os} on ${arch}`)]
  },
}

/** The platform's processes and the sample product together need about 1.5 GiB; an order, a browser and an editor need some too. */
const WANTED_FREE_GIB = 2
const LEAST_GIB = 1

export const memory: Check = {
  name: 'memory',
  async run({ machine }) {
    const found = `${gib(machine.memory)}, ${gib(machine.freeMemory)} of it free`
    const needed = `${WANTED_FREE_GIB} GiB free; the platform takes about 1.5 GiB`
    if (machine.memory < LEAST_GIB * GIB) return [problem(found, needed, 'give the machine or container more memory')]
    if (machine.freeMemory < WANTED_FREE_GIB * GIB) return [warning(found, needed, 'end other programs, or give the machine or container more memory')]
    return [ok(found)]
  },
}

export const cores: Check = {
  name: 'cores',
  async run({ machine }) {
    if (machine.cores >= 2) return [ok(`${machine.cores} cores`)]
    return [warning('1 core', '2 or more; with one the start takes several times as long', 'give the machine or container more cores')]
  },
}

function gib(bytes: number): string {
  return `${(bytes / GIB).toFixed(1)} GiB`
}
