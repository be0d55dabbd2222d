import type { Deployment, Manifest } from '@sundial/operations/deploy'
import { resolvePlatform, type EnvironmentName } from '@sundial/platform'
import { makePlan } from '@sundial/platform/plan'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'
import { root } from '../gitops/repository.ts'

interface Config {
  readonly applications: { readonly orders: object }
}
const { default: config } = (await import(`${root}/sundial.config.ts`)) as { readonly default: Config }

/** What is deployed for an environment of this repository's configuration, with another image of the application where one is given. */
export function rendered(environment: EnvironmentName, image?: string): Deployment {
  const changed = image === undefined ? config : { ...config, applications: { orders: { ...config.applications.orders, image } } }
  const plan = makePlan(resolvePlatform(changed, environment))
  return {
    platform: plan.platform.name,
    environment,
    objects: renderKubernetes(plan).objects as readonly Manifest[],
    fixedSettings: plan.fixedSettings,
    inventoryNamespace: 'temporal-backend',
  }
}
