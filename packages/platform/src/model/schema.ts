import type { Contract } from '@sundial/contract'
import { z } from 'zod'
import { ENVIRONMENTS, type DeepPartial, type PlatformInput, type PlatformSettingsInput } from './input.ts'
import { knownVersions } from './versions.ts'

const name = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, 'must be lower case letters, digits and dashes, at most 40, beginning with a letter')
/** Above are ports that systems give to outgoing connections. */
const port = z.int().min(1024).max(32_767)
const permission = z.string().regex(/^[\w-]+:(read|write|admin)$/, 'must be "<namespace>:<role>" with role read, write or admin, such as "orders:write"')
const environmentVariable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, 'must be an environment variable’s name: upper case letters, digits and "_"')
const modulePath = z
  .string()
  .regex(/^\.\/.+\.m?js$/, 'must be a path from the configuration’s folder to a built module, such as "./apps/orders/dist/worker.js"')

const processSettings = {
  module: modulePath.describe('Module for Node: a path from the configuration’s folder.'),
  env: z.record(environmentVariable, z.string()).default({}).describe('Environment variables.'),
  replicas: z.int().min(1).max(100).default(1).describe('Running copies.'),
}

const contract = z
  .custom<Contract>(isContract, 'must be a contract: the value of defineContract({ … })')
  .meta({ description: 'The contract of its workflows, from `defineContract`.', type: 'object' })

const application = z.strictObject({
  contract,
  namespace: name.optional().describe('Temporal namespace; the application’s name if not given.'),
  retentionDays: z.int().min(1).max(365).default(3).describe('Days that Temporal keeps closed workflows.'),
  database: z
    .strictObject({ migrate: modulePath.describe('Module that brings the database to the newest version and exits.') })
    .optional()
    .describe('Its own PostgreSQL database.'),
  worker: z.strictObject(processSettings).describe('The process that runs its workflows and activities.'),
  api: z
    .strictObject({ ...processSettings, port: port.default(8090).describe('Port on a laptop, if it is free.') })
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
            .url({ protocol: /^https?$/ })
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

const version = (program: Parameters<typeof knownVersions>[0]) => {
  const known = knownVersions(program)
  return z
    .string()
    .refine((text) => known.includes(text), `must be a known version: ${known.join(', ')}`)
    .default(known[0])
    .meta({ enum: known })
}

/** One environment's settings, checked and with every default filled. */
export const platformSettings = z.strictObject({
  name: name.describe('Name of the platform.'),
  versions: z
    .strictObject({ temporal: version('temporal'), temporalUi: version('temporal-ui'), postgresql: version('postgresql') })
    .prefault({})
    .describe('Versions of the programs; each is the newest known if not given.'),
  postgresql: z
    .strictObject({
      maxConnections: z.int().min(20).max(10_000).default(200).describe('Connections that the server accepts.'),
      settings: z.record(z.string(), z.string()).default({}).describe('Further settings of postgresql.conf.'),
    })
    .prefault({}),
  temporal: z
    .strictObject({
      historyShards: z.int().min(1).max(16_384).default(512).describe('Number of history shards; it can never be changed after the first start.'),
      logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe level that the server logs.'),
      connectionPool: z
        .strictObject({
          main: z.int().min(2).max(500).default(20).describe('To the main store.'),
          visibility: z.int().min(2).max(500).default(10).describe('To the visibility store.'),
        })
        .prefault({})
        .describe('Connections in the pool of each server process.'),
      replicas: z.int().min(1).max(100).default(1).describe('Running copies of each server process.'),
      dynamicConfig: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .default({})
        .describe('Dynamic configuration, laid over Sundial’s own.'),
    })
    .prefault({}),
  webUi: z
    .strictObject({
      enabled: z.boolean().default(true).describe('Whether the Web UI runs.'),
      port: port.default(8233).describe('Port on a laptop, if it is free.'),
    })
    .prefault({}),
  identity: z
    .strictObject({
      tokenLifetimeSeconds: z.int().min(60).max(86_400).default(600).describe('How long an access token is valid, in seconds.'),
      users: z
        .record(
          name,
          z.strictObject({
            email: z.email('must be an e-mail address').describe('Electronic mail address.'),
            permissions: z.array(permission).min(1).describe('Temporal permissions: <namespace>:<role>.'),
          }),
        )
        .default({})
        .describe('People of the local identity provider, by login name.'),
    })
    .prefault({}),
  applications: z.record(name, application).default({}).describe('The products that run on the platform, by name.'),
})

/** The whole of what a configuration may say. */
export const platformInput = z.strictObject({
  ...platformSettings.shape,
  environments: z
    .partialRecord(z.enum(ENVIRONMENTS), z.custom<DeepPartial<PlatformSettingsInput>>(isPlainObject, 'must be an object: the settings that differ'))
    .optional()
    .describe('Partial platforms laid over the common one.'),
})

/** A platform for one environment: checked, every default filled. */
export type PlatformSettings = z.output<typeof platformSettings>
export type ApplicationSettings = PlatformSettings['applications'][string]

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Flat<T> = T extends Contract | readonly unknown[] ? T : T extends object ? { [K in keyof T]: Flat<T[K]> } : T
/** Schema and public type say the same: a field that is only in one of them does not compile.
 * @public */
export type SchemaEqualsType = Proof<Equal<Flat<z.input<typeof platformInput>>, Flat<PlatformInput>>>
type Proof<T extends true> = T

function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isContract(value: unknown): boolean {
  if (!isPlainObject(value)) return false
  const { name: contractName, taskQueue, workflows, activities } = value as Partial<Contract>
  return typeof contractName === 'string' && typeof taskQueue === 'string' && isPlainObject(workflows) && isPlainObject(activities)
}
