import type { CommandCall } from '../commands.ts'
import { ENVIRONMENTS, type EnvironmentName } from '@sundial/platform'
import { pulledImages } from '@sundial/platform/kubernetes'
import { environmentName, type Project } from '../config.ts'
import { loadConfig } from '../config/load-config.ts'
import { planOf } from '../config/plan-of.ts'
import { renderEnvironments } from './render-environments.ts'

/** An image, and which environments pull it. */
export interface EnvironmentImage {
  readonly image: string
  readonly pulledAs: string
  readonly environments: readonly EnvironmentName[]
}

/** The images of all environments, or of one. Through mirrors that differ it is the same image: the first one's is asked. */
export async function environmentImages(project: Project, only: CommandCall['options'][string]): Promise<EnvironmentImage[]> {
  const names = only === undefined ? ENVIRONMENTS : [environmentName(String(only))]
  const config = await loadConfig(project)
  const found = new Map<string, EnvironmentImage>()
  for (const [environment, { objects }] of await renderEnvironments(project, names)) {
    const { images } = (await planOf(config, environment)).platform.kubernetes
    for (const { image, pulledAs } of pulledImages(objects, images)) {
      const known = found.get(image)
      found.set(image, { image, pulledAs: known?.pulledAs ?? pulledAs, environments: [...(known?.environments ?? []), environment] })
    }
  }
  return [...found.values()].toSorted((a, b) => (a.image < b.image ? -1 : 1))
}
