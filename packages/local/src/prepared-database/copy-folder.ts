import { SundialError } from '@sundial/platform'
import { lastLines, runCommand } from '../toolchain/run-command.ts'

/** Copies a folder with its owners and modes, which Node's own copy leaves out. */
export async function copyFolder(from: string, to: string): Promise<void> {
  const { code, stderr } = await runCommand('cp', ['-Rp', '--', from, to])
  if (code !== 0)
    throw new SundialError('SUN_START_FAILED', `${from} could not be copied to ${to}: ${lastLines(stderr)}`, { hint: 'Look whether the disk is full.' })
}
