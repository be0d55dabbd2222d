import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './command.ts'

/**
 * A project of its own with the orders application in it, built, so that a test may change its sources. Installed packages, and the
 * packages of this repository with them, are those of the checkout.
 */
export async function copyProject(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'sundial-project-')))
  await mkdir(join(folder, 'apps'))
  for (const file of ['package.json', 'tsconfig.base.json']) await cp(join(ROOT, file), join(folder, file))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  await cp(join(ROOT, 'apps/orders'), join(folder, 'apps/orders'), { recursive: true })
  await write(folder, 'tsconfig.json', JSON.stringify({ files: [], references: [{ path: 'apps/orders' }] }))
  // What it refers to is built, in the checkout.
  await edit(folder, 'apps/orders/tsconfig.json', (text) => {
    const { references: _, ...rest } = JSON.parse(text) as { references: unknown }
    return JSON.stringify({ ...rest, exclude: ['src/**/*.test.ts', 'src/testing'] })
  })
  // The name "orders" is that of the checkout's.
  await edit(folder, 'sundial.config.ts', (text) => text.replace("'orders/contract'", "'./apps/orders/dist/contract.js'"), ROOT)
  await build(folder)
  return folder
}

/** Changes a file as an editor does, in one step. */
export async function edit(folder: string, file: string, change: (text: string) => string, from: string = folder): Promise<void> {
  const before = await readFile(join(from, file), 'utf8')
  const after = change(before)
  if (after === before) throw new Error(`the edit of ${file} changes nothing`)
  await write(folder, file, after)
}

async function write(folder: string, file: string, text: string): Promise<void> {
  await writeFile(join(folder, file), text)
}

async function build(folder: string): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`the copy of the project is not built:\n${output}`)
}
