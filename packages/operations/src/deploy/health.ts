import { groupOf, type Manifest } from '../kubernetes/manifest.ts'

/** How an object is, by what its controller says of it. */
export interface Health {
  /** `ready`: it does what it is for, or there is nothing to wait for. */
  readonly state: 'ready' | 'waiting' | 'failed'
  /** Why not, for people. */
  readonly why: string
}

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
  readonly observedGeneration?: number
}

type Assess = (object: Manifest) => Health

export const READY: Health = { state: 'ready', why: '' }
const waiting = (why: string): Health => ({ state: 'waiting', why })
const failed = (why: string): Health => ({ state: 'failed', why })

/** By `<group>/<kind>`: kinds that are not here are ready when they are there. */
const ASSESS: Readonly<Record<string, Assess>> = {
  '/Namespace': ({ status }) => (field(status, 'phase') === 'Active' ? READY : waiting(`it is ${text(field(status, 'phase'))}`)),
  'apps/Deployment': rollout,
  'apps/StatefulSet': rollout,
  'autoscaling/HorizontalPodAutoscaler': autoscaler,
  'batch/Job': job,
  'apiextensions.k8s.io/CustomResourceDefinition': whenTrue('Established'),
  'cert-manager.io/Certificate': whenTrue('Ready'),
  'cert-manager.io/ClusterIssuer': whenTrue('Ready'),
  'cert-manager.io/Issuer': whenTrue('Ready'),
  'trust.cert-manager.io/Bundle': whenTrue('Synced'),
  'external-secrets.io/ClusterSecretStore': whenTrue('Ready'),
  'external-secrets.io/SecretStore': whenTrue('Ready'),
  'external-secrets.io/ExternalSecret': whenTrue('Ready'),
  'external-secrets.io/PushSecret': whenTrue('Ready'),
  'postgresql.cnpg.io/Cluster': whenTrue('Ready'),
  'postgresql.cnpg.io/Database': ({ status }) => (field(status, 'applied') === true ? READY : waiting(text(field(status, 'message')))),
  'elasticsearch.k8s.elastic.co/Elasticsearch': elasticsearch,
  'gateway.networking.k8s.io/Gateway': whenTrue('Programmed'),
  'keda.sh/ScaledObject': whenTrue('Ready'),
}

/** Kinds that there is something to wait for, as API group and kind. */
export function hasHealth({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): boolean {
  return `${groupOf(apiVersion)}/${kind}` in ASSESS
}

export function healthOf(object: Manifest): Health {
  if (object.metadata.deletionTimestamp !== undefined) return waiting('it is being deleted')
  return ASSESS[`${groupOf(object.apiVersion)}/${object.kind}`]?.(object) ?? READY
}

function rollout({ spec, status, metadata }: Manifest): Health {
  const wanted = number(field(spec, 'replicas'), 1)
  const count = (name: string) => number(field(status, name), 0)
  const stuck = conditionsOf(status).find(({ type, status: value }) => type === 'Progressing' && value === 'False')
  if (stuck) return failed(stuck.message ?? 'it makes no progress')
  if (number(field(status, 'observedGeneration'), 0) < (metadata.generation ?? 0)) return waiting('its controller has not seen it yet')
  if (count('updatedReplicas') < wanted) return waiting(`${count('updatedReplicas')} of ${wanted} are new`)
  if (count('replicas') > count('updatedReplicas')) return waiting(`${count('replicas') - count('updatedReplicas')} old ones are left`)
  if (count('availableReplicas') < wanted) return waiting(`${count('availableReplicas')} of ${wanted} are available`)
  return READY
}

/** It brings the copies to their smallest number, since a deployment that it scales begins with one. */
function autoscaler({ spec, status }: Manifest): Health {
  const [smallest, copies] = [number(field(spec, 'minReplicas'), 1), number(field(status, 'currentReplicas'), 0)]
  if (copies >= smallest) return READY
  const unable = conditionsOf(status).find(({ type, status: value }) => type === 'AbleToScale' && value === 'False')
  return waiting(`${copies} of at least ${smallest} copies are there${unable?.message === undefined ? '' : `; ${unable.message}`}`)
}

function job({ status }: Manifest): Health {
  const conditions = conditionsOf(status).filter(({ status: value }) => value === 'True')
  if (conditions.some(({ type }) => type === 'Complete')) return READY
  const failure = conditions.find(({ type }) => type === 'Failed')
  if (failure) return failed(failure.message ?? 'it failed')
  const tries = number(field(status, 'failed'), 0)
  return waiting(tries === 0 ? 'it runs' : `it runs, after ${tries} failed ${tries === 1 ? 'try' : 'tries'}`)
}

function elasticsearch({ status }: Manifest): Health {
  const [health, phase] = [text(field(status, 'health')), text(field(status, 'phase'))]
  return (health === 'green' || health === 'yellow') && phase === 'Ready' ? READY : waiting(`its health is ${health}, its phase ${phase}`)
}

/** Ready while the controller says so of what the object is now. */
function whenTrue(wanted: string): Assess {
  return ({ status, metadata }) => {
    const condition = conditionsOf(status).find(({ type }) => type === wanted)
    if (!condition) return waiting('its controller has not said anything yet')
    if (condition.status !== 'True')
      return waiting([condition.reason, condition.message].filter((part) => part).join(': ') || `${wanted} is ${condition.status}`)
    const seen = condition.observedGeneration
    return seen !== undefined && seen < (metadata.generation ?? 0) ? waiting('its controller has not seen its change yet') : READY
  }
}

function conditionsOf(status: unknown): readonly Condition[] {
  return (field(status, 'conditions') as readonly Condition[] | undefined) ?? []
}

function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? (object as Record<string, unknown>)[name] : undefined
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}

function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : 'not known yet'
}
