import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { commandPath } from './cache-folder.ts'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { namesVersion, versionText } from './executable.ts'
import { fromGo } from './from-go.ts'
import { fromMaven } from './from-maven.ts'
import { fromRelease } from './from-release.ts'
import { writeManifest } from './manifest.ts'
import type { Source } from './program.ts'

const FETCH: Readonly<Record<Source, (context: Context, staging: string) => Promise<void>>> = { release: fromRelease, go: fromGo, maven: fromMaven }

/**
 * Has a program by one source, checks that it runs, and puts it in place in one step: there is the whole folder or none.
 * Only the holder of the folder's lock may call it.
 */
export async function installFrom(source: Source, context: Context, folder: string): Promise<void> {
  await staged({ source, context, folder }, async (content) => {
    await writeManifest(content, context.request, source)
    await replaceFolder(content, folder)
  })
}

/**
 * Adds the commands that an installed folder lacks. Those that it has stay as they are: somebody may be running them.
 * @param context whose request asks for these commands only
 */
export async function addFrom(source: Source, context: Context, folder: string): Promise<void> {
  await staged({ source, context, folder }, async (content) => {
    for (const command of context.request.commands) await rename(join(content, command), join(folder, command))
    await writeManifest(folder, context.request, source)
  })
}

interface Installation {
  readonly source: Source
  readonly context: Context
  readonly folder: string
}

async function staged({ source, context, folder }: Installation, take: (content: string) => Promise<void>): Promise<void> {
  const staging = `${folder}.staging`
  const content = join(staging, 'content')
  // Left by one who was interrupted, if it is there.
  await rm(staging, { recursive: true, force: true })
  await mkdir(content, { recursive: true })
  try {
    await FETCH[source](context, staging)
    await checkCommands(source, context, content)
    await take(content)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

async function checkCommands(source: Source, { request }: Context, content: string): Promise<void> {
  for (const command of request.commands) {
    const path = join(content, commandPath(request, command))
    await chmod(path, 0o755)
    const text = await versionText(path, request.versionArguments).catch((error: Error) => {
      throw new StepError(source, `${command} does not run on this machine: ${error.message}`, error)
    })
    const expected = request.commandVersions?.[command] ?? request.version
    if (!namesVersion(text, expected)) throw new StepError(source, `${command} says "${text}" and not ${expected}`)
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
