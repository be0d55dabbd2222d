import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { programRequests } from '../programs.ts'
import { cacheFolder, programFolder } from '../toolchain/cache-folder.ts'
import { folderProblem } from '../toolchain/manifest.ts'
import { variableOf } from '../toolchain/errors.ts'
import { ok, problem, warning, type Check, type DoctorContext, type Finding } from './check.ts'

const MB = 1_000_000

interface Need {
  readonly what: string
  readonly path: string
  /** Below, the start fails. Bytes. */
  readonly least: number
  readonly wanted: number
  readonly files: number
}

/** Space and inodes where something is kept. */
export const disk: Check = {
  name: 'disk',
  async run(context) {
    const volumes = await byVolume(await needsOf(context))
    return Promise.all(volumes.map((need) => look(need, context)))
  },
}

async function needsOf({ state, env, plan }: DoctorContext): Promise<Need[]> {
  const missing = []
  for (const request of plan ? programRequests(plan) : []) {
    if (!env[variableOf(request.name)] && (await folderProblem(programFolder(request, env), request)) !== undefined) missing.push(request)
  }
  // An archive and what is unpacked from it have 0.5 GB; Go's sources and objects, which are beside the cache, several.
  const programs = missing.length > 0 ? { least: 1000 * MB, wanted: 8000 * MB } : { least: 1 * MB, wanted: 100 * MB }
  return [
    // A new database cluster has 60 MB, and its write-ahead log and the processes' logs grow.
    { what: 'state', path: state.root, least: 200 * MB, wanted: 2000 * MB, files: 10_000 },
    { what: 'cache', path: cacheFolder(env), ...programs, files: 1000 },
    { what: 'temporary files', path: env['TMPDIR'] || tmpdir(), least: 1 * MB, wanted: 200 * MB, files: 1000 },
  ]
}

/** What is on one volume needs its space together. */
async function byVolume(needs: readonly Need[]): Promise<Need[]> {
  const volumes = new Map<number, Need>()
  for (const need of needs) {
    const path = await nearestFolder(need.path)
    const { dev } = await stat(path)
    const other = volumes.get(dev)
    if (!other) volumes.set(dev, { ...need, path })
    else {
      const sums = { least: other.least + need.least, wanted: other.wanted + need.wanted, files: other.files + need.files }
      volumes.set(dev, { what: `${other.what}, ${need.what}`, path: other.path, ...sums })
    }
  }
  return [...volumes.values()]
}

async function look({ what, path, least, wanted, files }: Need, { machine }: DoctorContext): Promise<Finding> {
  const { freeBytes: free, inodes, freeInodes } = await machine.volume(path)
  const found = `${size(free)} free in ${path} (${what})`
  const fix = `make room there: du -xh ${path} | sort -h | tail`
  if (free < least) return problem(found, size(wanted), fix)
  // Some file systems, such as Btrfs, make inodes as they need them, and say 0.
  if (inodes > 0 && freeInodes < files) {
    const few = `${freeInodes} inodes free in ${path} (${what})`
    return freeInodes < 100 ? problem(few, `${files}`, fix) : warning(few, `${files}`, fix)
  }
  return free < wanted ? warning(found, size(wanted), fix) : ok(found)
}

/** The folder itself, or the nearest above that is there. */
export async function nearestFolder(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  return isFolder || dirname(path) === path ? path : nearestFolder(dirname(path))
}

function size(bytes: number): string {
  return bytes < 1000 * MB ? `${Math.floor(bytes / MB)} MB` : `${(bytes / (1000 * MB)).toFixed(1)} GB`
}
