import type { Deployment, Manifest } from '@sundial/operations/deploy'
import type { EnvironmentName } from '@sundial/platform'
import type { RenderedCluster } from '@sundial/platform/kubernetes'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'
import { loadConfig } from '../config/load-config.ts'
import { planOf } from '../config/plan-of.ts'
import type { Project } from '../config/project.ts'
import { readDigests } from './image-lock.ts'

/** Where it is written down what was deployed: where the data are that it is about. */
const INVENTORY_NAMESPACE = 'temporal-backend'

export interface RenderedDeployment {
  readonly deployment: Deployment
  /** What it is made of, with the charts of others that the cluster must have. */
  readonly cluster: RenderedCluster
}

/** An environment of the configuration, as it is deployed. */
export async function renderDeployment(project: Project, environment: EnvironmentName): Promise<RenderedDeployment> {
  const [config, digests] = await Promise.all([loadConfig(project), readDigests(project)])
  const plan = await planOf(config, environment)
  const cluster = renderKubernetes(plan, { digests })
  return {
    deployment: {
      platform: plan.platform.name,
      environment,
      objects: cluster.objects as readonly Manifest[],
      fixedSettings: plan.fixedSettings,
      inventoryNamespace: INVENTORY_NAMESPACE,
    },
    cluster,
  }
}
