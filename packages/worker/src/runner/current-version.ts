import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@sundial/runtime'
import type { NativeConnection } from '@temporalio/worker'
import type { Deployment } from './worker-deployment.ts'

export interface CurrentVersionOptions {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly deployment: Deployment
  /** Whether to make this version the current one. Not where something else rolls versions out. */
  readonly becomesCurrent: boolean
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** Milliseconds between two looks for the version, which the server knows when it has polled. */
const LOOK_EVERY_MS = 500
/** Then it is given up, and said so. */
const TRIES = 60

/**
 * Makes a worker's version the current one of its deployment if that is asked for, and otherwise tells when it is not: such a worker polls, is
 * ready, and gets nothing but the workflows that are pinned to it.
 */
export async function tellCurrentVersion({ connection, namespace, deployment, becomesCurrent, logger, signal }: CurrentVersionOptions): Promise<void> {
  const { workflowService } = connection
  const { deploymentName, buildId } = deployment
  for (let tries = 1; !signal.aborted; tries++) {
    try {
      const { workerDeploymentInfo } = await workflowService.describeWorkerDeployment({ namespace, deploymentName })
      const known = workerDeploymentInfo?.versionSummaries?.some((version) => version.deploymentVersion?.buildId === buildId)
      if (!known) throw new Error('the server does not know the version yet')
      const current = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId
      if (current === buildId) return
      if (!becomesCurrent) {
        const command = `temporal worker deployment set-current-version --deployment-name ${deploymentName} --build-id ${buildId}`
        logger.warn({ ...deployment, current, command }, 'this version is not the current one: new workflows do not come here')
        return
      }
      await workflowService.setWorkerDeploymentCurrentVersion({ namespace, deploymentName, buildId, identity: `${deploymentName}.${buildId}` })
      logger.info({ ...deployment, before: current }, 'this version is the current one now')
      return
    } catch (error) {
      if (tries === TRIES) return logger.warn({ ...deployment, reason: (error as Error).message }, 'it is not known whether this version is the current one')
    }
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
