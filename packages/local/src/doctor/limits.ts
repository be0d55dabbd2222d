import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, problem, warning, type Check } from './check.ts'

/** Temporal and PostgreSQL have a file open for each of their connections; below the first number they fail at the start. */
const LEAST_FILES = 256
const WANTED_FILES = 1024

export const openFiles: Check = {
  name: 'open files',
  async run({ machine: { openFiles: files } }) {
    const found = files === Infinity ? 'no limit of open files' : `${files} open files`
    const needed = `${WANTED_FILES} for each process: a connection is one`
    const fix = `ulimit -n ${WANTED_FILES}, in this shell, or for all in /etc/security/limits.conf`
    if (files < LEAST_FILES) return [problem(found, needed, fix)]
    return [files < WANTED_FILES ? warning(found, needed, fix) : ok(found)]
  },
}

const WATCHES = { max_user_watches: 8192, max_user_instances: 64 } as const

/** What restarts on a change of its files watches them. */
export const fileWatches: Check = {
  name: 'file watches',
  async run({ machine: { os, procFolder } }) {
    if (os !== 'linux') return []
    const findings = await Promise.all(
      Object.entries(WATCHES).map(async ([name, wanted]) => {
        const text = await readFile(join(procFolder, 'sys/fs/inotify', name), 'utf8').catch(() => undefined)
        if (text === undefined) return []
        const found = `${name} is ${Number(text)}`
        const key = `fs.inotify.${name}`
        return [Number(text) >= wanted ? ok(found) : warning(found, `${wanted}, to see changes of files`, `sudo sysctl -w ${key}=${wanted}`)]
      }),
    )
    return findings.flat()
  },
}
