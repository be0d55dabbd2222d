import type { KubernetesApi } from '../kubernetes/api.ts'
import type { Manifest } from '../kubernetes/manifest.ts'

interface PodStatus {
  readonly phase?: string
  readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[]
  readonly initContainerStatuses?: readonly ContainerStatus[]
  readonly containerStatuses?: readonly ContainerStatus[]
}
interface ContainerStatus {
  readonly name: string
  readonly ready: boolean
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } }
  readonly lastState?: { readonly terminated?: { readonly exitCode: number; readonly reason?: string } }
}

/** Says nothing: it passes by itself. */
const PASSING = new Set(['ContainerCreating', 'PodInitializing'])

/** Why the pods of a Deployment or Job are not ready, in their own words: no node has room, no image, it crashes. Empty if they do not say. */
export async function whyPodsWait({ metadata, spec }: Manifest, api: KubernetesApi): Promise<string> {
  const labels = (spec as { readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> } } | undefined)?.selector?.matchLabels ?? {}
  const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
  if (selector.length === 0 || metadata.namespace === undefined) return ''
  const pods = await api.list({ apiVersion: 'v1', kind: 'Pod', namespace: metadata.namespace, labels: selector.join(',') })
  const reasons = pods.map(({ status }) => whyPodWaits(status as PodStatus)).filter((reason) => reason !== '')
  if (reasons[0] !== undefined || pods.length > 0) return reasons[0] ?? ''
  // No pods at all: the API server refuses them, and their owner says why.
  const owners = await api.list({ apiVersion: 'apps/v1', kind: 'ReplicaSet', namespace: metadata.namespace, labels: selector.join(',') })
  return owners.map(({ status }) => refusal(status)).find((message) => message !== '') ?? ''
}

function whyPodWaits({ phase, conditions = [], initContainerStatuses = [], containerStatuses = [] }: PodStatus): string {
  const unschedulable = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False')
  if (unschedulable && phase === 'Pending') return unschedulable.message ?? 'no node takes it'
  for (const { name, state, lastState } of [...initContainerStatuses, ...containerStatuses]) {
    const { reason, message } = state?.waiting ?? {}
    const ended = lastState?.terminated
    if (reason === undefined || PASSING.has(reason)) continue
    return [`${name}: ${reason}`, ...(ended ? [`it ended with ${ended.exitCode}`] : []), ...(message === undefined ? [] : [message])].join(', ')
  }
  return ''
}

function refusal(status: unknown): string {
  const { conditions = [] } = (status ?? {}) as {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[]
  }
  return conditions.find(({ type, status: value }) => type === 'ReplicaFailure' && value === 'True')?.message ?? ''
}
