import { mkdir, readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { commandPath, hostPlatform } from './cache-folder.ts'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { fetchFile, fetchText, type FetchOptions } from './fetch-file.ts'
import type { ProgramRequest, ReleaseSource } from './program.ts'
import { lastLines, runCommand } from './run-command.ts'

const ALGORITHMS = { 64: 'sha256', 128: 'sha512' } as const

/**
 * Fetches a release archive, checks it against its published checksum, and puts the commands into a folder, or all of it if it is kept whole.
 * @throws StepError with what did not work
 */
export async function fromRelease(context: Context, staging: string): Promise<void> {
  const { release } = context.request
  if (!release) throw new StepError('release', 'there is none for this program')
  const { os } = hostPlatform()
  if (release.systems && !release.systems.includes(os)) throw new StepError('release', `there is none for ${os}`)
  const archiveUrl = forThisMachine(release.archiveUrl, release)
  const archive = join(staging, 'archive.tar.gz')
  const unpacked = join(staging, 'unpacked')
  try {
    context.report('release', `fetching ${archiveUrl}`)
    const { sum, algorithm } = await publishedChecksum(context, release)
    const found = await fetchFile(archiveUrl, archive, { ...fetchOptions(context), algorithm })
    if (found !== sum) throw new Error(`${archiveUrl}: its ${NAMES[algorithm]} is ${found}, and the published one is ${sum}. It was not unpacked.`)
    context.report('release', 'unpacking')
    await mkdir(unpacked)
    const { code, stderr } = await runCommand('tar', ['-xzf', archive, '-C', unpacked], { signal: context.signal })
    if (code !== 0) throw new Error(`tar ended with ${code}: ${lastLines(stderr)}`)
    if (context.request.binFolder === undefined) await takeCommands(unpacked, context.request.commands, join(staging, 'content'))
    else await takeWhole(unpacked, context.request, join(staging, 'content'))
  } catch (error) {
    context.signal.throwIfAborted()
    throw new StepError('release', error instanceof Error ? error.message : String(error), error)
  }
}

const NAMES = { sha256: 'SHA-256', sha512: 'SHA-512' } as const

async function publishedChecksum(context: Context, release: ReleaseSource): Promise<{ sum: string; algorithm: 'sha256' | 'sha512' }> {
  const url = forThisMachine(release.checksumsUrl, release)
  const file = basename(new URL(forThisMachine(release.archiveUrl, release)).pathname)
  const text = await fetchText(url, fetchOptions(context))
  // The tools that write such files put a star before the name of a file that they read as binary.
  const sum = text
    .split('\n')
    .map((line) => /^([0-9a-f]{128}|[0-9a-f]{64})\s+\*?(.+?)\s*$/i.exec(line))
    .find((match) => match?.[2] === file)?.[1]
  if (!sum) throw new Error(`${url}: has no checksum for ${file}`)
  return { sum: sum.toLowerCase(), algorithm: ALGORITHMS[sum.length as keyof typeof ALGORITHMS] }
}

function fetchOptions(context: Context): FetchOptions {
  const { signal, connectTimeoutMs, stallTimeoutMs } = context
  return { signal, connectTimeoutMs, stallTimeoutMs, onProgress: (doneBytes, totalBytes) => context.report('release', 'fetching', { doneBytes, totalBytes }) }
}

/** Some archives have a folder around their content. */
async function takeCommands(unpacked: string, commands: readonly string[], content: string): Promise<void> {
  const entries = await readdir(unpacked, { recursive: true, withFileTypes: true })
  for (const command of commands) {
    const entry = entries.find((candidate) => candidate.isFile() && candidate.name === command)
    if (!entry) throw new Error(`the archive has no ${command}`)
    await rename(join(entry.parentPath, entry.name), join(content, command))
  }
}

/** The folder is where the first command is in its place. */
async function takeWhole(unpacked: string, request: ProgramRequest, content: string): Promise<void> {
  const first = commandPath(request, request.commands[0] ?? '')
  const entries = await readdir(unpacked, { recursive: true })
  const found = entries.find((path) => path === first || path.endsWith(`/${first}`))
  if (found === undefined) throw new Error(`the archive has no ${first}`)
  await rename(join(unpacked, found.slice(0, -first.length)), content)
}

function forThisMachine(url: string, { architectures }: ReleaseSource): string {
  const { os, arch } = hostPlatform()
  return url.replaceAll('{os}', os).replaceAll('{arch}', architectures?.[arch] ?? arch)
}
