import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { SundialError } from '@sundial/platform'
import { checkMarker } from '../state/open-state.ts'
import { ok, problem, warning, type Check, type DoctorContext, type Finding } from './check.ts'
import { nearestFolder } from './disk.ts'
import { fileSystemProblem } from './file-system.ts'

/** The folder that holds everything of the environment: ours, to be written, closed to others, on a disk. */
export const stateFolderCheck: Check = {
  name: 'state',
  async run(context) {
    const { root } = context.state
    const folder = await nearestFolder(root)
    // Of a folder that is not ours the rest does not matter.
    const stranger = await madeByUs(context)
    if (stranger) return [stranger]
    const findings = [await writable(folder), await onDisk(folder, context), ...(folder === root ? await owned(context) : [])]
    const bad = findings.filter((finding) => finding !== undefined)
    return bad.length > 0 ? bad : [ok(folder === root ? root : `${root}, which the first start makes`)]
  },
}

async function writable(folder: string): Promise<Finding | undefined> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => undefined,
    (error: Error) =>
      problem(`${folder} cannot be written: ${error.message}`, 'write access', `sudo chown -R "$(id -u)" ${folder}, or set SUNDIAL_STATE to another folder`),
  )
}

async function madeByUs({ state }: DoctorContext): Promise<Finding | undefined> {
  try {
    await checkMarker(state)
    return undefined
  } catch (error) {
    if (!(error instanceof SundialError)) throw error
    return problem(error.message, 'a state folder of this version of Sundial, or none', error.hint)
  }
}

async function onDisk(folder: string, { machine }: DoctorContext): Promise<Finding | undefined> {
  return machine.os === 'linux' ? fileSystemProblem((await machine.volume(folder)).type, folder) : undefined
}

async function owned({ state: { root }, machine: { userId } }: DoctorContext): Promise<Finding[]> {
  const { mode, uid } = await stat(root)
  const findings: Finding[] = []
  if (uid !== userId) {
    const fix = userId === 0 ? `run as user ${uid}, or: chown -R 0 ${root}` : `sudo chown -R ${userId} ${root}`
    const needed = 'the folder of the user who runs it; files of two users mix'
    const found = `${root} belongs to user ${uid}, and this is user ${userId}`
    findings.push(userId === 0 ? warning(found, needed, fix) : problem(found, needed, fix))
  }
  if ((mode & 0o077) !== 0) findings.push(warning(`${root} has mode ${octal(mode)}`, '700: it holds keys', `chmod 700 ${root}; the next start does it too`))
  return findings
}

export function octal(mode: number): string {
  return (mode & 0o777).toString(8)
}
