import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { namesVersion, versionText } from './executable.ts'
import { fromGo } from './from-go.ts'
import { fromRelease } from './from-release.ts'
import { writeManifest } from './manifest.ts'

const SOURCES = { release: fromRelease, go: fromGo } as const

/**
 * Has a program by one source, checks that it runs, and puts it in place in one step: there is the whole folder or none.
 * Only the holder of the folder's lock may call it.
 */
export async function installFrom(source: keyof typeof SOURCES, context: Context, folder: string): Promise<void> {
  const staging = `${folder}.staging`
  const bin = join(staging, 'bin')
  // Left by one who was interrupted, if it is there.
  await rm(staging, { recursive: true, force: true })
  await mkdir(bin, { recursive: true })
  try {
    await SOURCES[source](context, staging)
    await checkCommands(source, context, bin)
    await writeManifest(bin, context.request, source)
    await replaceFolder(bin, folder)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function checkCommands(source: keyof typeof SOURCES, { request }: Context, bin: string): Promise<void> {
  for (const command of request.commands) {
    const path = join(bin, command)
    await chmod(path, 0o755)
    const text = await versionText(path).catch((error: Error) => {
      throw new StepError(source, `${command} does not run on this machine: ${error.message}`, error)
    })
    if (!namesVersion(text, request.version)) throw new StepError(source, `${command} says "${text}" and not ${request.version}`)
  }
}

/** A folder cannot replace another in one step. The old one is damaged, or it would not be replaced, so it may go first. */
async function replaceFolder(from: string, to: string): Promise<void> {
  const old = `${to}.old`
  await rm(old, { recursive: true, force: true })
  await rename(to, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  await rename(from, to)
  await rm(old, { recursive: true, force: true })
}
