import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, totalmem, type } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { ResultFile } from '../results/schema.ts'
import { run } from '../processes/run.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** What was measured, and on what. No name and no address of the machine. */
export async function describeMachine(signal: AbortSignal): Promise<Pick<ResultFile, 'commit' | 'machine' | 'versions'>> {
  const git = async (...args: string[]) => (await run('git', args, { signal, cwd: ROOT })).trim()
  const [hash, changes] = [await git('rev-parse', 'HEAD'), await git('status', '--porcelain', '--untracked-files=no')]
  return {
    commit: { hash, changed: changes !== '' },
    machine: {
      processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
      memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
      system: `${distribution()}, ${type()} ${release()}`,
    },
    versions: { node: process.versions.node, 'Temporal SDK': packageVersion('@temporalio/client') },
  }
}

function distribution(): string {
  return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux'
}

function packageVersion(name: string): string {
  return (createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version
}
