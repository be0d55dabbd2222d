import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { lastLines, runCommand } from './run-command.ts'

/** A Go server starts in well under a second; a cold disk and a busy machine need more. */
const VERSION_TIMEOUT_MS = 30_000

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/**
 * What a program says of its version.
 * @throws if it does not run here, with what it said
 */
export async function versionText(path: string, args: readonly string[] = ['--version']): Promise<string> {
  const { code, stdout, stderr } = await runCommand(path, args, { timeoutMs: VERSION_TIMEOUT_MS })
  if (code !== 0) throw new Error(`${path} ${args.join(' ')} ended with ${code}: ${lastLines(stderr || stdout)}`)
  return (stdout || stderr).trim()
}

/** Whether a text names this very version, and not one that it begins. */
export function namesVersion(text: string, version: string): boolean {
  return text.split(/[^0-9A-Za-z.+-]+/).some((word) => word === version || word === `v${version}`)
}
