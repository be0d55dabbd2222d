import { workloadsOf, type Plan } from '../../model/plan.ts'
import type { Need, Workload } from '../../model/workload.ts'
import type { KubernetesObject } from './object.ts'

/** Argo CD and `./sundial deploy` apply smaller waves first, and wait for each to be healthy. */
const WAVE = 'argocd.argoproj.io/sync-wave'

/** What everything else stands on, by kind; a kind that is not listed is an operator's. */
const WAVES_OF_KINDS: Readonly<Record<string, number>> = {
  Namespace: -10,
  PriorityClass: -9,
  ValidatingAdmissionPolicy: -9,
  ValidatingAdmissionPolicyBinding: -9,
  ResourceQuota: -8,
  LimitRange: -8,
  ServiceAccount: -7,
  Role: -7,
  ClusterRole: -7,
  RoleBinding: -6,
  ClusterRoleBinding: -6,
  NetworkPolicy: -6,
  ConfigMap: -5,
  PersistentVolumeClaim: -5,
  Service: -5,
  ClusterIssuer: -4,
  ClusterSecretStore: -4,
  Password: -4,
  Secret: -4,
  Bundle: -3,
  Certificate: -3,
  ExternalSecret: -2,
  PushSecret: -2,
}
const OPERATORS_WAVE = 0
/** Workloads that need nothing come first, then what waits for them. */
const FIRST_WORKLOADS = 10

/** In which wave a workload is: after what must be ready or completed, and not before what it only knows. */
export function workloadWaves(plan: Plan): ReadonlyMap<string, number> {
  const workloads = new Map(workloadsOf(plan).map((workload) => [workload.name, workload]))
  const waves = new Map<string, number>()
  const find = (workload: Workload): number => {
    const known = waves.get(workload.name)
    if (known !== undefined) return known
    const after = workload.needs.map((need) => {
      const needed = workloads.get(need.party)
      return needed ? find(needed) + stepOf(need) : FIRST_WORKLOADS
    })
    const wave = Math.max(FIRST_WORKLOADS, ...after)
    waves.set(workload.name, wave)
    return wave
  }
  for (const workload of workloads.values()) find(workload)
  return waves
}

/** A pod that comes too early is started again: only what is never ready before another needs a wave of its own. */
function stepOf({ until }: Need): number {
  return until === 'ready' || until === 'completed' ? 1 : 0
}

const NAME_LABEL = 'app.kubernetes.io/name'
const OF_WORKLOADS: ReadonlySet<string> = new Set(['Deployment', 'Job', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'PodMonitor', 'ScaledObject'])

/** The object with its wave. One that says its wave keeps it. */
export function withWave(object: KubernetesObject, waves: ReadonlyMap<string, number>): KubernetesObject {
  const { apiVersion, kind, metadata, ...rest } = object
  if (metadata.annotations?.[WAVE] !== undefined) return object
  const workload = OF_WORKLOADS.has(kind) ? waves.get(metadata.labels?.[NAME_LABEL] ?? '') : undefined
  const wave = workload ?? WAVES_OF_KINDS[kind] ?? OPERATORS_WAVE
  return { apiVersion, kind, metadata: { ...metadata, annotations: { ...metadata.annotations, [WAVE]: String(wave) } }, ...rest }
}

/** The wave that an object was given. */
export function waveOf({ metadata }: KubernetesObject): number {
  return Number(metadata.annotations?.[WAVE] ?? OPERATORS_WAVE)
}
