import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The folder of this repository. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

const CONTRACT = `({ name: 'shop', taskQueue: 'shop', activities: {}, workflows: { sell: { access: { start: 'shop:write' } } } })`

/** A project with these files, and a module `contract.js` with one contract. Its packages are those of this repository. */
export async function temporaryProject(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sundial-config-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await symlink(join(ROOT, 'apps'), join(folder, 'apps'))
  const all = { 'package.json': '{ "type": "module" }', 'contract.js': `export const shop = ${CONTRACT}\n`, ...files }
  for (const [name, content] of Object.entries(all)) await writeFile(join(folder, name), content)
  return folder
}

/** The module text of a contract, with this name for its export. */
export function exportedContract(name: string): string {
  return `export const ${name} = ${CONTRACT}\n`
}

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as it is built, in a folder. @param timeout milliseconds after which it is ended */
export function runCli(args: readonly string[], cwd: string, timeout = 20_000): Promise<Ended> {
  const { ORDERS_APPROVAL_DEADLINE: _, ...env } = process.env
  return new Promise((resolve) => {
    const command = [join(ROOT, 'packages/cli/dist/bin.js'), ...args]
    execFile(process.execPath, command, { cwd, env: { ...env, NO_COLOR: '1' }, maxBuffer: 2 ** 26, timeout }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    )
  })
}
