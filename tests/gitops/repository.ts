import { join } from 'node:path'
import { ENVIRONMENTS, resolvePlatform, type EnvironmentName } from '@sundial/platform'
import type { RenderedCluster } from '@sundial/platform/kubernetes'
import type { Plan } from '@sundial/platform/model'
import { makePlan } from '@sundial/platform/plan'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'

export const root = join(import.meta.dirname, '../..')

const { default: config } = (await import(join(root, 'sundial.config.ts'))) as { default: unknown }

/** The platform of this repository in one environment. */
export function planOf(environment: EnvironmentName): Plan {
  return makePlan(resolvePlatform(config, environment))
}

/** And what all its clusters have in them. */
export function renderAll(): Map<EnvironmentName, RenderedCluster> {
  return new Map(ENVIRONMENTS.map((name) => [name, renderKubernetes(planOf(name))]))
}
