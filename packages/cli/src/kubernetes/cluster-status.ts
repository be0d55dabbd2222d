import { SundialError, type EnvironmentName } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import type { Project } from '../config/project.ts'
import { print, printJson } from '../output.ts'
import { clusterStatusView } from '../views/cluster-status-view.ts'
import { clusterChoice } from './cluster-choice.ts'
import { renderDeployment } from './deployment.ts'

/** Shows how what was deployed to a cluster is. @returns the exit code: 1 if something is not ready */
export async function showClusterStatus(project: Project, environment: EnvironmentName, options: CommandCall['options']): Promise<number> {
  const { deployment } = await renderDeployment(project, environment)
  const { deploymentStatus, KubernetesApi } = await import('@sundial/operations/deploy')
  const api = await KubernetesApi.open(clusterChoice(options))
  try {
    const status = await deploymentStatus(deployment, api)
    if (!status) {
      throw new SundialError('SUN_NOT_RUNNING', `${deployment.platform} was not deployed to this cluster`, {
        hint: `./sundial deploy -e ${environment} deploys it; --context chooses another cluster. What Argo CD brings, Argo CD shows.`,
      })
    }
    if (options['json']) printJson(status)
    else print(clusterStatusView(status))
    return status.objects.every(({ state }) => state === 'ready') ? 0 : 1
  } finally {
    await api.close()
  }
}
