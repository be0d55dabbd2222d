import type { Cluster } from './cluster.ts'
import type { NamespaceName } from './namespaces.ts'
import type { Allowed } from './network/allowed.ts'
import type { KubernetesObject } from './object.ts'

/** A system that only a cluster has, such as an operator: charts of others, objects that go with them, and their connections. */
export interface KubernetesSystem {
  readonly name: string
  contribute(cluster: Cluster): SystemContribution
}

export interface SystemContribution {
  readonly releases?: readonly ChartRelease[]
  readonly objects?: readonly KubernetesObject[]
  readonly allowed?: readonly Allowed[]
  /** Secrets that somebody else's controller makes, as `<namespace>/<name>`. */
  readonly makes?: readonly string[]
  /** Secrets that people put into Vault, or that are generated there once: see `secrets/wanted.ts`. */
  readonly secrets?: readonly WantedSecret[]
}

/** A chart that Argo CD installs, pinned. */
export interface ChartRelease {
  /** Name of the release, and of its Argo CD application. */
  readonly name: string
  readonly namespace: NamespaceName
  readonly chart: Chart
  /** Only what differs from the chart's own defaults. */
  readonly values: Values
  /** Which releases go before which: the smaller first. */
  readonly wave: number
  /** Fields that a controller owns: Argo CD leaves them alone. */
  readonly ignoreDifferences?: readonly IgnoredDifference[]
}

export interface Chart {
  /** `https://…` of a chart repository, or `oci://…` of a registry without the chart's name. */
  readonly repository: string
  readonly name: string
  readonly version: string
  /** Folder of its values in a copy of upstream charts, for tests: its name unless that differs. */
  readonly folder?: string
}

export interface IgnoredDifference {
  readonly group: string
  readonly kind: string
  readonly name?: string
  readonly jsonPointers: readonly string[]
}

export type Values = { readonly [key: string]: Value }
type Value = string | number | boolean | null | readonly Value[] | Values

/** A secret of a system of the cluster: kept in Vault, brought to one namespace by External Secrets. */
export interface WantedSecret {
  readonly namespace: string
  readonly name: string
  /** By key, what makes the value in Vault: `password`: generated there once; `given`: people put it there. */
  readonly keys: Readonly<Record<string, 'password' | 'given'>>
  /** By key, what people have to give. */
  readonly about?: Readonly<Record<string, string>>
  /** Keys whose value is known, such as a user's name. */
  readonly fixed?: Readonly<Record<string, string>>
  /** @default Opaque */
  readonly type?: string
  readonly labels?: Readonly<Record<string, string>>
}
