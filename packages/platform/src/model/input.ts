import type { Contract } from '@sundial/contract'
import type { ApplicationInput } from './settings/application.ts'
import type { CodecServerInput } from './settings/codec-server.ts'
import type { ElasticsearchInput } from './settings/elasticsearch.ts'
import type { IdentityInput } from './settings/identity.ts'
import type { KubernetesInput } from './settings/kubernetes.ts'
import type { PostgresqlInput } from './settings/postgresql.ts'
import type { TemporalInput } from './settings/temporal.ts'
import type { TracingInput } from './settings/tracing.ts'
import type { VersionsInput } from './settings/versions.ts'
import type { WebUiInput } from './settings/web-ui.ts'

/** What one `sundial.config.ts` says: the common platform, and how each environment differs. */
export interface PlatformInput extends PlatformSettingsInput {
  /** Partial platforms laid over the common one: objects are merged, everything else replaces. */
  environments?: { [E in EnvironmentName]?: DeepPartial<PlatformSettingsInput> }
}

export const ENVIRONMENTS = ['development', 'staging', 'production'] as const
export type EnvironmentName = (typeof ENVIRONMENTS)[number]

export interface PlatformSettingsInput {
  /** Name of the platform: lower case letters, digits and dashes. */
  name: string
  /** Versions of the programs. */
  versions?: VersionsInput
  /** The database server. */
  postgresql?: PostgresqlInput
  /** Temporal server. */
  temporal?: TemporalInput
  /** The search engine, if Temporal's visibility is there. */
  elasticsearch?: ElasticsearchInput
  /** Temporal's Web UI. */
  webUi?: WebUiInput
  /** What decrypts payloads for people, where an application encrypts them. */
  codecServer?: CodecServerInput
  /** Who may log in, and how long tokens live. */
  identity?: IdentityInput
  /** Traces of requests, workflows and activities. */
  tracing?: TracingInput
  /** How the platform stands in a Kubernetes cluster; a laptop has no use for it. */
  kubernetes?: KubernetesInput
  /** The products that run on the platform, by name. */
  applications?: { [name: string]: ApplicationInput }
}

/** All parts optional, at any depth; arrays and contracts are whole values. */
export type DeepPartial<T> = T extends Contract | readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T
