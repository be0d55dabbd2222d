import type { Diagnostic } from '../../model/diagnostics.ts'
import type { ManagedService } from '../../model/parties.ts'
import type { Cluster } from './cluster.ts'
import type { Allowed } from './network/allowed.ts'
import type { KubernetesObject } from './object.ts'
import type { SecretForm } from './secrets/external-secrets.ts'
import type { WantedSecret } from './system.ts'

/** How one managed service runs in a cluster: as objects of an operator, or as a chart. */
export interface KubernetesAdapter {
  /** Name of the managed service. */
  readonly service: string
  adapt(service: ManagedService, cluster: Cluster): KubernetesAdaptation
}

export interface KubernetesAdaptation {
  readonly objects: readonly KubernetesObject[]
  /** Labels of the pods that an operator or a chart makes. */
  readonly podLabels: Readonly<Record<string, string>>
  /** Where the pods are, if not in the namespace of the service's area. */
  readonly namespace?: string
  /** The host and port of each port of the service, as its callers dial it. */
  readonly endpoints: Readonly<Record<string, ServiceAddress>>
  /** URL of a port as outsiders see it, for services with paths of their own. `path` is the plan's. */
  publicUrl?(port: string, path: string): string
  /** Connections that only this way of running it has: its operator, its object store, its copies among themselves. */
  readonly allowed?: readonly Allowed[]
  /** Secrets of the plan that it reads, in the form that it wants them. */
  readonly secrets?: readonly AdapterSecret[]
  /** Secrets that only this way of running it needs. */
  readonly wanted?: readonly WantedSecret[]
  /** Why it cannot run so: every setting that is missing or wrong. */
  readonly problems?: readonly Diagnostic[]
  /** What its pods ask for together, for the quota of their namespace. */
  readonly requests?: { readonly cpu: string; readonly memory: string }
}

export interface AdapterSecret {
  /** Name of the secret in the plan. */
  readonly name: string
  /** @default the namespace of the service's area */
  readonly namespace?: string
  /** @default every key as it is, of type Opaque */
  readonly form?: SecretForm
}

export interface ServiceAddress {
  readonly host: string
  readonly port: number
}
