import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readFileIfPresent } from '../state/private-files.ts'
import { secretProblem } from '../secrets/ensure-secret.ts'
import { givenFiles, isGiven } from '../secrets/given-files.ts'
import { ok, problem, warning, type Check, type DoctorContext, type Finding } from './check.ts'
import { octal } from './state-folder.ts'

/** Files with secrets are there, whole, and closed to others. */
export const secrets: Check = {
  name: 'secrets',
  async run(context) {
    const findings = [...(await missing(context)), ...(await damaged(context)), ...(await open(context))]
    return findings.length > 0 ? findings : [ok('all secrets are closed to others')]
  },
}

async function missing({ plan, state }: DoctorContext): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const file of plan ? givenFiles(plan, state) : []) {
    if (await isGiven(file)) continue
    const about = file.about === undefined ? '' : `, ${file.about},`
    findings.push(
      problem(`${file.path}${about} is missing`, 'a secret that only you can give', `umask 077; mkdir -p ${dirname(file.path)} && cat > ${file.path}`),
    )
  }
  return findings
}

async function damaged({ plan, state }: DoctorContext): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { name, keys } of plan?.secrets ?? []) {
    for (const [key, producer] of Object.entries(keys)) {
      if (producer === 'given') continue
      const path = join(state.secrets, name, key)
      const value = await readFileIfPresent(path)
      const lack = value === undefined ? undefined : secretProblem(producer, value)
      if (lack !== undefined)
        findings.push(
          problem(`${path} ${lack}`, 'the value that others, such as a database, know', 'restore the file. Or begin with no data: ./sundial up --fresh'),
        )
    }
  }
  return findings
}

async function open({ state, machine }: DoctorContext): Promise<Finding[]> {
  const files = [...(await filesBelow(state.secrets)), ...(await filesBelow(state.certificates)).filter((path) => path.endsWith('.key'))]
  const findings: Finding[] = []
  const foreign: string[] = []
  for (const path of files) {
    const { mode, uid } = await stat(path)
    if (uid !== machine.userId) foreign.push(path)
    if ((mode & 0o077) !== 0)
      findings.push(warning(`${path} has mode ${octal(mode)}`, '600: others can read it', `chmod 600 ${path}; the next start does it too`))
  }
  // Root reads all. Where the whole folder is another's, that is said of the folder.
  const isOurs = (await stat(state.root).catch(() => undefined))?.uid === machine.userId
  if (isOurs && machine.userId !== 0 && foreign.length > 0) {
    const fix = `sudo chown -R ${machine.userId} ${state.root}`
    findings.push(
      problem(`${foreign.length} secrets belong to another user, such as ${foreign[0]}`, 'files of yours; the start may have run with sudo once', fix),
    )
  }
  return findings
}

export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
