import { mkdir, readdir, rename } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { hostPlatform } from './cache-folder.ts'
import type { Context } from './context.ts'
import { StepError } from './errors.ts'
import { fetchFile, fetchText, type FetchOptions } from './fetch-file.ts'
import type { ReleaseSource } from './program.ts'
import { lastLines, runCommand } from './run-command.ts'

/**
 * Fetches a release archive, checks it against its published checksum, and puts the commands into a folder.
 * @throws StepError with what did not work
 */
export async function fromRelease(context: Context, staging: string): Promise<void> {
  const { release, commands } = context.request
  if (!release) throw new StepError('release', 'there is none for this program')
  const archiveUrl = forThisMachine(release.archiveUrl)
  const archive = join(staging, 'archive.tar.gz')
  const unpacked = join(staging, 'unpacked')
  try {
    context.report('release', `fetching ${archiveUrl}`)
    const sum = await publishedChecksum(context, release)
    const found = await fetchFile(archiveUrl, archive, fetchOptions(context))
    if (found !== sum) throw new Error(`${archiveUrl}: its SHA-256 is ${found}, and the published one is ${sum}. It was not unpacked.`)
    context.report('release', 'unpacking')
    await mkdir(unpacked)
    const { code, stderr } = await runCommand('tar', ['-xzf', archive, '-C', unpacked], { signal: context.signal })
    if (code !== 0) throw new Error(`tar ended with ${code}: ${lastLines(stderr)}`)
    await takeCommands(unpacked, commands, join(staging, 'bin'))
  } catch (error) {
    context.signal.throwIfAborted()
    throw new StepError('release', error instanceof Error ? error.message : String(error), error)
  }
}

async function publishedChecksum(context: Context, release: ReleaseSource): Promise<string> {
  const url = forThisMachine(release.checksumsUrl)
  const file = basename(new URL(forThisMachine(release.archiveUrl)).pathname)
  const text = await fetchText(url, fetchOptions(context))
  // sha256sum puts a star before the name of a file that it read as binary.
  const sum = text
    .split('\n')
    .map((line) => /^([0-9a-f]{64})\s+\*?(.+?)\s*$/i.exec(line))
    .find((match) => match?.[2] === file)?.[1]
  if (!sum) throw new Error(`${url}: has no checksum for ${file}`)
  return sum.toLowerCase()
}

function fetchOptions(context: Context): FetchOptions {
  const { signal, connectTimeoutMs, stallTimeoutMs } = context
  return { signal, connectTimeoutMs, stallTimeoutMs, onProgress: (doneBytes, totalBytes) => context.report('release', 'fetching', { doneBytes, totalBytes }) }
}

/** Some archives have a folder around their content. */
async function takeCommands(unpacked: string, commands: readonly string[], bin: string): Promise<void> {
  const entries = await readdir(unpacked, { recursive: true, withFileTypes: true })
  for (const command of commands) {
    const entry = entries.find((candidate) => candidate.isFile() && candidate.name === command)
    if (!entry) throw new Error(`the archive has no ${command}`)
    await rename(join(entry.parentPath, entry.name), join(bin, command))
  }
}

function forThisMachine(url: string): string {
  const { os, arch } = hostPlatform()
  return url.replaceAll('{os}', os).replaceAll('{arch}', arch)
}
