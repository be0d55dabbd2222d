import { ENVIRONMENTS, type EnvironmentName } from '@sundial/platform'
import type { RenderedCluster } from '@sundial/platform/kubernetes'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'
import { loadConfig } from '../config/load-config.ts'
import { planOf } from '../config/plan-of.ts'
import type { Project } from '../config/project.ts'

/** Environments of the configuration as the content of their clusters. */
export async function renderEnvironments(project: Project, names: readonly EnvironmentName[] = ENVIRONMENTS): Promise<Map<EnvironmentName, RenderedCluster>> {
  const config = await loadConfig(project)
  const plans = await Promise.all(names.map(async (name) => planOf(config, name)))
  return new Map(plans.map((plan) => [plan.platform.environment, renderKubernetes(plan)]))
}
