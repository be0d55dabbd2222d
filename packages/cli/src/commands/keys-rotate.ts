import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addKey } from '@sundial/codec'
import { stateFolder } from '@sundial/local'
import { suggest, SundialError } from '@sundial/platform'
import type { Plan } from '@sundial/platform/model'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson, shownPath } from '../output.ts'
import { screen } from '../terminal.ts'

export async function run({ args: [wanted], options }: CommandCall): Promise<void> {
  const project = findProject()
  const plan = await loadPlan(project, options)
  const { secrets } = stateFolder(project.folder, plan.platform.environment)
  const folders = chosen(plan, wanted).map((application) => ({ application, folder: join(secrets, `${application}-payload-keys`) }))
  for (const { application, folder } of folders)
    if (!existsSync(folder)) {
      throw new SundialError('SUN_USAGE', `${application} has no key yet in ${shownPath(folder)}`, {
        hint: 'The first start of the platform makes one: ./sundial up',
      })
    }
  const added = folders.map(({ application, folder }) => ({ application, folder, ...addKey(folder) }))
  if (options['json']) return printJson(added)
  const done = screen().colors.green('✓')
  for (const { application, id, previous, folder } of added) {
    print(`${done} ${application}: payloads are encrypted with the key ${id} now, and those of ${previous} are still read`)
    print(`  Programs that run take it up within five seconds. Keep all keys of ${shownPath(folder)}.`)
  }
}

/** The applications whose payloads are encrypted; one, if it is named. */
function chosen({ platform: { applications } }: Plan, wanted: string | undefined): readonly string[] {
  const encrypted = Object.keys(applications).filter((name) => applications[name]?.encryption)
  if (wanted === undefined) {
    if (encrypted.length > 0) return encrypted
    throw new SundialError('SUN_USAGE', 'no application encrypts payloads', { hint: 'Switch it on: applications: { NAME: { encryption: true } }' })
  }
  if (encrypted.includes(wanted)) return [wanted]
  const known = Object.keys(applications)
  if (known.includes(wanted))
    throw new SundialError('SUN_USAGE', `${wanted} does not encrypt payloads`, { hint: `Switch it on: applications: { ${wanted}: { encryption: true } }` })
  throw new SundialError('SUN_UNKNOWN_NAME', `there is no application "${wanted}"`, {
    hint: suggest(wanted, known) ?? `It must be one of ${known.join(', ')}.`,
  })
}
