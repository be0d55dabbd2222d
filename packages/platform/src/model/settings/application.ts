import type { Contract } from '@sundial/contract'
import { z } from 'zod'
import { isRecord } from '../record.ts'
import { imageReference } from './kubernetes.ts'
import { name, port, replicas } from './primitives.ts'

export interface ApplicationInput {
  /** The contract of its workflows, from `defineContract`. */
  contract: Contract
  /** Temporal namespace. @default the application's name */
  namespace?: string
  /** Days that Temporal keeps closed workflows, 1 to 365. @default 3 */
  retentionDays?: number
  /** The image that its processes run from in Kubernetes, with a tag or a digest. Needed to render for Kubernetes. */
  image?: string
  /** Whether all that its workflows are given, do and answer is encrypted before it leaves its processes. @default false */
  encryption?: boolean
  /** Its own PostgreSQL database, with the module that migrates it. */
  database?: ApplicationDatabaseInput
  /** The process that runs its workflows and activities. */
  worker: WorkerInput
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
  /** Running copies at most, in a cluster, which adds some under load. @default the same number always */
  maxReplicas?: number
}

export interface WorkerInput extends ProcessInput {
  /** Seconds that running activities get when a worker is stopped, 0 to 3600; it is killed 15 s later. @default 25 */
  graceSeconds?: number
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

const environmentVariable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'must be an environment variable’s name: upper case letters, digits and "_"')
const modulePath = z
  .string()
  .regex(/^\.\/.+\.m?js$/, 'must be a path from the configuration’s folder to a built module, such as "./apps/orders/dist/worker.js"')

const processSettings = {
  module: modulePath.describe('Module for Node: a path from the configuration’s folder.'),
  env: z.record(environmentVariable, z.string()).default({}).describe('Environment variables.'),
  replicas: replicas.default(1).describe('Running copies.'),
}

const scaledSettings = {
  ...processSettings,
  maxReplicas: replicas.optional().describe('Running copies at most, in a cluster, which adds some under load; always the same number if not given.'),
}

/** A contract is a value of TypeScript; YAML, which the JSON Schema is for, names the module that has it. */
export const CONTRACT_REFERENCE = /^\.\/.+\.m?js(#[A-Za-z_$][\w$]*)?$/

const contract = z.custom<Contract>(isContract, 'must be a contract: the value of defineContract({ … }), or in YAML the path of its built module').meta({
  description: 'The built module with the contract of its workflows, and its export if there are several: ./apps/orders/dist/contract.js#orders',
  type: 'string',
  pattern: CONTRACT_REFERENCE.source,
})

export const applicationSettings = z.strictObject({
  contract,
  namespace: name.optional().describe('Temporal namespace; the application’s name if not given.'),
  retentionDays: z.int().min(1).max(365).default(3).describe('Days that Temporal keeps closed workflows.'),
  image: imageReference.optional().describe('The image that its processes run from in Kubernetes, with a tag or a digest.'),
  encryption: z.boolean().default(false).describe('Whether all that its workflows are given, do and answer is encrypted before it leaves its processes.'),
  database: z
    .strictObject({ migrate: modulePath.describe('Module that brings the database to the newest version and exits.') })
    .optional()
    .describe('Its own PostgreSQL database.'),
  worker: z
    .strictObject({
      ...scaledSettings,
      graceSeconds: z.int().min(0).max(3600).default(25).describe('Seconds that running activities get when a worker is stopped; it is killed 15 s later.'),
    })
    .describe('The process that runs its workflows and activities.'),
  api: z
    .strictObject({ ...scaledSettings, port: port.default(8090).describe('Port on a laptop, if it is free.') })
    .optional()
    .describe('The process that serves its HTTP API.'),
  services: z
    .record(
      name,
      z
        .strictObject({
          ...processSettings,
          module: modulePath.optional().describe('Module for Node: a path from the configuration’s folder.'),
          url: z
            .url({ protocol: /^https?$/, error: 'must be an http or https address' })
            .meta({ pattern: '^https?://' })
            .optional()
            .describe('Where somebody else runs it; then nothing is run here.'),
          port: port.default(8095).describe('Port on a laptop, if it is free.'),
          keepsFiles: z.boolean().default(false).describe('It keeps files: it gets a folder that outlives it, as STATE_DIRECTORY.'),
        })
        .refine(({ module, url }) => module !== undefined || url !== undefined, 'must say "module" (we run it) or "url" (somebody else does)'),
    )
    .default({})
    .describe('Other HTTP services that its worker calls; the worker gets <NAME>_URL and <NAME>_API_KEY.'),
  clients: z
    .record(name, z.strictObject({ scopes: z.array(z.string()).min(1).describe('Scopes of its token.') }))
    .default({})
    .describe('Programs that call its API with a token of their own.'),
  demo: z
    .strictObject({ module: modulePath.describe('Module for Node.'), client: name.describe('The client whose token it gets.') })
    .optional()
    .describe('A client program that shows the application at work.'),
})

export type ApplicationSettings = z.output<typeof applicationSettings>

/** Whether a value is what `defineContract` gives. */
export function isContract(value: unknown): value is Contract {
  if (!isRecord(value)) return false
  const { name: contractName, taskQueue, workflows, activities } = value as Partial<Contract>
  return typeof contractName === 'string' && typeof taskQueue === 'string' && isRecord(workflows) && isRecord(activities)
}
