import type { ClusterChoice } from '@sundial/operations/deploy'
import type { CommandCall } from '../commands.ts'

/** The cluster that a command's options name. */
export function clusterChoice({ context, kubeconfig }: CommandCall['options']): ClusterChoice {
  return { ...(typeof context === 'string' && { context }), ...(typeof kubeconfig === 'string' && { kubeconfig }) }
}
