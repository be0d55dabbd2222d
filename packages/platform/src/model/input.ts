import type { Contract } from '@sundial/contract'

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
  /** Temporal's Web UI. */
  webUi?: WebUiInput
  /** Who may log in, and how long tokens live. */
  identity?: IdentityInput
  /** The products that run on the platform, by name. */
  applications?: { [name: string]: ApplicationInput }
}

export interface VersionsInput {
  /** Temporal server and its schema tool. @default the newest known */
  temporal?: string
  /** Temporal Web UI server. @default the newest known */
  temporalUi?: string
  /** PostgreSQL's major version. @default the newest known */
  postgresql?: string
}

export interface PostgresqlInput {
  /** Connections that the server accepts, 20 to 10000; the plan checks that all pools together stay below it. @default 200 */
  maxConnections?: number
  /** Further settings of postgresql.conf, by name. */
  settings?: { [name: string]: string }
}

export interface TemporalInput {
  /** Number of history shards, 1 to 16384. It can never be changed after the first start. @default 512 */
  historyShards?: number
  /** Least severe level that the server logs. @default info */
  logLevel?: 'debug' | 'info' | 'warn' | 'error'
  /** Connections in the pool of each server process. */
  connectionPool?: {
    /** To the main store, 2 to 500. @default 20 */
    main?: number
    /** To the visibility store, 2 to 500. @default 10 */
    visibility?: number
  }
  /** Running copies of each server process. @default 1 */
  replicas?: number
  /** Dynamic configuration, by key; laid over Sundial's own. */
  dynamicConfig?: { [key: string]: string | number | boolean }
}

export interface WebUiInput {
  /** Whether the Web UI runs. @default true */
  enabled?: boolean
  /** Port on a laptop, 1024 to 32767, if it is free. @default 8233 */
  port?: number
}

export interface IdentityInput {
  /** How long an access token is valid, in seconds: 60 to 86400. @default 600 */
  tokenLifetimeSeconds?: number
  /** People of the local identity provider, by login name. In production people come from the identity provider itself. */
  users?: { [name: string]: UserInput }
}

export interface UserInput {
  /** Electronic mail address. */
  email: string
  /** Temporal permissions: `<namespace>:<role>` or `temporal-system:<role>`, role one of read, write, admin. */
  permissions: string[]
}

export interface ApplicationInput {
  /** The contract of its workflows, from `defineContract`. */
  contract: Contract
  /** Temporal namespace. @default the application's name */
  namespace?: string
  /** Days that Temporal keeps closed workflows, 1 to 365. @default 3 */
  retentionDays?: number
  /** Its own PostgreSQL database, with the module that migrates it. */
  database?: ApplicationDatabaseInput
  /** The process that runs its workflows and activities. */
  worker: ProcessInput
  /** The process that serves its HTTP API. */
  api?: ApiInput
  /** Other HTTP services that its worker calls, by name; the worker gets `<NAME>_URL` and `<NAME>_API_KEY`. */
  services?: { [name: string]: ServiceInput }
  /** Programs that call its API with a token of their own, by name. */
  clients?: { [name: string]: ClientInput }
  /** A client program that shows the application at work: `npm start` runs it. */
  demo?: DemoInput
}

export interface ApplicationDatabaseInput {
  /** Module that brings the database to the newest version and exits. */
  migrate: string
}

export interface ProcessInput {
  /** Module for Node: a path from the configuration's folder, such as `./apps/orders/dist/worker.js`. */
  module: string
  /** Environment variables. */
  env?: { [name: string]: string }
  /** Running copies. @default 1 */
  replicas?: number
}

export interface ApiInput extends ProcessInput {
  /** Port on a laptop, 1024 to 32767, if it is free. @default 8090 */
  port?: number
}

/** We run it (`module`), or somebody else does (`url`). */
export interface ServiceInput {
  /** Where somebody else runs it; then nothing is run here, whatever `module` says. */
  url?: string
  /** Module for Node: a path from the configuration's folder. */
  module?: string
  /** Environment variables. */
  env?: { [name: string]: string }
  /** Running copies. @default 1 */
  replicas?: number
  /** Port on a laptop, 1024 to 32767, if it is free. @default 8095 */
  port?: number
  /** It keeps files: it gets a folder that outlives it, as `STATE_DIRECTORY`. @default false */
  keepsFiles?: boolean
}

export interface ClientInput {
  /** Scopes of its token, such as `orders:write`. */
  scopes: string[]
}

export interface DemoInput {
  /** Module for Node: a path from the configuration's folder. */
  module: string
  /** The client (of `clients`) whose token it gets. */
  client: string
}

/** All parts optional, at any depth; arrays and contracts are whole values. */
export type DeepPartial<T> = T extends Contract | readonly unknown[] ? T : T extends object ? { [K in keyof T]?: DeepPartial<T[K]> } : T
