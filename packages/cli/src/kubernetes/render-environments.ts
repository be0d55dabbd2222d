import { ENVIRONMENTS, type EnvironmentName } from '@sundial/platform'
import type { RenderedCluster } from '@sundial/platform/kubernetes'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'
import { readDigests } from './image-lock.ts'
import { loadConfig } from '../config/load-config.ts'
import { plansOf } from '../config/plan-of.ts'
import type { Project } from '../config/project.ts'

/** Environments of the configuration as the content of their clusters, with the digests of images that are locked. */
export async function renderEnvironments(project: Project, names: readonly EnvironmentName[] = ENVIRONMENTS): Promise<Map<EnvironmentName, RenderedCluster>> {
  const [config, digests] = await Promise.all([loadConfig(project), readDigests(project)])
  const plans = await plansOf(config, names)
  return new Map(plans.map((plan) => [plan.platform.environment, renderKubernetes(plan, { digests })]))
}
