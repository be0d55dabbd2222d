import type { SettingsReader } from '@sundial/runtime'

/** The worker deployment and version that a process is, for worker versioning. */
export interface Deployment {
  readonly deploymentName: string
  readonly buildId: string
}

/** The server splits versions at the first of these. */
const SEPARATORS = /[.:]/

/** Reads TEMPORAL_DEPLOYMENT_NAME and TEMPORAL_WORKER_BUILD_ID, the names under which the Temporal Worker Controller gives these. */
export function readDeployment(reader: SettingsReader): Deployment | undefined {
  const deploymentName = reader.optional('TEMPORAL_DEPLOYMENT_NAME')
  const buildId = reader.optional('TEMPORAL_WORKER_BUILD_ID')
  if (deploymentName !== undefined && SEPARATORS.test(deploymentName))
    reader.problem(`TEMPORAL_DEPLOYMENT_NAME is "${deploymentName}"; write it without "." and ":", which stand between a deployment and its versions`)
  if (deploymentName !== undefined && buildId !== undefined) return { deploymentName, buildId }
  if (deploymentName !== undefined) reader.problem('TEMPORAL_WORKER_BUILD_ID is not set; worker versioning needs it beside TEMPORAL_DEPLOYMENT_NAME')
  if (buildId !== undefined) reader.problem('TEMPORAL_DEPLOYMENT_NAME is not set; worker versioning needs it beside TEMPORAL_WORKER_BUILD_ID')
  return undefined
}
