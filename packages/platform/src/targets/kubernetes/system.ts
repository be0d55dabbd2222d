import type { Diagnostic } from '../../model/diagnostics.ts'
import type { Workload } from '../../model/workload.ts'
import type { Cluster } from './cluster.ts'
import type { NamespaceName } from './namespaces.ts'
import type { Allowed, PodsPeer } from './network/allowed.ts'
import type { KubernetesObject } from './object.ts'

/** A system that only a cluster has, such as an operator: charts of others, objects that go with them, and their connections. */
export interface KubernetesSystem {
  readonly name: string
  contribute(cluster: Cluster): SystemContribution
  /** Workloads that only a cluster has, beside those of the plan. */
  workloads?(cluster: Cluster): readonly Workload[]
  /** What only this system knows of settings that do not fit. */
  check?(cluster: Cluster): readonly Diagnostic[]
  /** What depends on what all systems ask for. */
  contributeFor?(asked: AskedOfSystems, cluster: Cluster): SystemContribution
}

/** What all systems together ask for. */
export interface AskedOfSystems {
  readonly databases: readonly SystemDatabase[]
  /** See `SystemContribution.health`. */
  readonly health: Readonly<Record<string, string>>
}

/**
 * A PostgreSQL of a system of its own: Temporal's is not touched by what stands beside it. Its secrets are `<name>-app` (`username`, `password`, `host`) and
 * `<name>-ca` (`ca.crt`).
 */
export interface SystemDatabase {
  readonly name: string
  readonly namespace: NamespaceName
  /** Of the database and of the role that owns it. */
  readonly database: string
  /** Size of its volume, as a quantity. */
  readonly storage: string
  /** The pods that open it. */
  readonly usedBy: PodsPeer
}

export interface SystemContribution {
  readonly releases?: readonly ChartRelease[]
  /** What a project publishes as plain manifests only. */
  readonly manifests?: readonly ManifestRelease[]
  readonly objects?: readonly KubernetesObject[]
  readonly allowed?: readonly Allowed[]
  /** Secrets that somebody else's controller makes, as `<namespace>/<name>`. */
  readonly makes?: readonly string[]
  readonly certificates?: readonly SystemCertificate[]
  readonly databases?: readonly SystemDatabase[]
  /** Secrets that people put into Vault, or that are generated there once: see `secrets/wanted.ts`. */
  readonly secrets?: readonly WantedSecret[]
  /** What people open through the entry. */
  readonly open?: readonly PublicService[]
  /** Further names in certificates of workloads, by `<workload>-<domain>`: those that outsiders ask for. */
  readonly names?: Readonly<Record<string, readonly string[]>>
  /** Kinds whose health Argo CD does not know by itself, as `<group>/<kind>`, with the script in Lua that says it. */
  readonly health?: Readonly<Record<string, string>>
}

/** A certificate of a system, from the root that only these have: its secret has the same name, with `ca.crt` in it. */
export interface SystemCertificate {
  readonly name: string
  readonly namespace: NamespaceName
  readonly dnsNames: readonly string[]
  readonly ipAddresses?: readonly string[]
  readonly usages: readonly ('server' | 'client')[]
  /** @default a quarter of a year */
  readonly lasts?: 'year'
}

/** A service that people or programs outside reach through the entry. */
export interface PublicService {
  /** The first part of its name, below the platform's domain. */
  readonly name: string
  readonly namespace: NamespaceName
  /** Name and port of its Service. */
  readonly service: string
  readonly port: number
  /** `passthrough`: the entry does not open what is said. @default terminate */
  readonly tls?: 'terminate' | 'passthrough'
  /** Labels and port of its pods. */
  readonly podLabels: Readonly<Record<string, string>>
  readonly podPort: number
}

/** Manifests that Argo CD takes from a project's own repository, pinned. */
export interface ManifestRelease {
  /** Name of its Argo CD application. */
  readonly name: string
  readonly namespace: NamespaceName
  /** URL of a Git repository. */
  readonly repository: string
  /** Tag or commit. */
  readonly revision: string
  /** Folder with a kustomization. */
  readonly path: string
  readonly wave: number
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
  /** Images that it runs, as far as they are known. */
  readonly images: readonly ChartImage[]
}

/** An image of a chart, and where the chart's values name it. */
export interface ChartImage {
  /** Without its tag, as it is written without any mirror. */
  readonly name: string
  /** Absent where only the chart knows it. */
  readonly tag?: string
  /** Paths of values that are the whole name. */
  readonly repositories?: readonly string[]
  /** Paths of values that are the registry only: the rest of the name is a value of its own. */
  readonly registries?: readonly string[]
}

/** Of an object that a controller writes to, too. */
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
