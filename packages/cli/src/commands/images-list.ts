import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { environmentImages } from '../kubernetes/environment-images.ts'
import { readDigests } from '../kubernetes/image-lock.ts'
import { print, printJson, table } from '../output.ts'

export async function run({ options }: CommandCall): Promise<void> {
  const project = findProject()
  const [images, digests] = await Promise.all([environmentImages(project, options['environment']), readDigests(project)])
  const rows = images.map((image) => ({ ...image, digest: digests[image.image] }))
  if (options['json']) return printJson(rows)
  print(
    table(rows, [
      { title: 'IMAGE', value: ({ image }) => image },
      { title: 'ENVIRONMENTS', value: ({ environments }) => environments.join(', ') },
      { title: 'DIGEST', value: ({ image, digest }) => digest ?? (image.includes('@') ? 'in its name' : 'not locked') },
    ]),
  )
}
