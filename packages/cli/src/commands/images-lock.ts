import { writeFile } from 'node:fs/promises'
import { resolveDigests } from '@sundial/operations/images'
import { lockProblems, lockText } from '@sundial/operations/image-lock'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { environmentImages } from '../kubernetes/environment-images.ts'
import { lockPath, readDigests } from '../kubernetes/image-lock.ts'
import { print, printJson, shownPath } from '../output.ts'
import { lockChangesView, lockProblemsView } from '../views/image-lock.ts'

export async function run({ options }: CommandCall): Promise<number> {
  const project = findProject()
  const file = shownPath(lockPath(project))
  const [images, before] = await Promise.all([environmentImages(project, options['environment']), readDigests(project)])
  const whole = options['environment'] === undefined
  if (options['check'] === true) {
    const { missing, stale } = lockProblems(
      images.map(({ image }) => image),
      before,
    )
    // Of one environment, what is locked for others is not seen.
    const problems = { missing, stale: whole ? stale : [] }
    if (options['json']) printJson(problems)
    else print(lockProblemsView(problems, { file, images: images.length }))
    return problems.missing.length + problems.stale.length > 0 ? 1 : 0
  }
  const wanted = images.filter(({ image }) => !image.includes('@'))
  const found = await resolveDigests(wanted, { insecure: options['insecure'] === true })
  const digests = whole ? found : { ...before, ...found }
  await writeFile(lockPath(project), lockText(digests))
  if (options['json']) printJson(digests)
  else print(lockChangesView(before, digests, file))
  return 0
}
