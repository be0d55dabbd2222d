import { z } from 'zod'
import { externalAddress, externalHost, externalTls, type ExternalTlsInput } from './external.ts'
import { replicas } from './primitives.ts'
import { temporalHandover, temporalReplicas, type TemporalHandoverInput, type TemporalReplicasInput } from './temporal-copies.ts'

export interface TemporalInput {
  /** Number of history shards, 1 to 16384. It can never be changed after the first start. @default 512 */
  historyShards?: number
  /** Least severe level that the server logs. @default info */
  logLevel?: 'debug' | 'info' | 'warn' | 'error'
  /** Connections in the pool of each server process. */
  connectionPool?: {
    /** To the main store, 2 to 500. @default 20 */
    main?: number
    /** To the visibility store, if that is PostgreSQL, 2 to 500. @default 10 */
    visibility?: number
  }
  /** Where workflows are listed and searched: the main database server, or a search engine of its own. One of them at a time. @default postgresql */
  visibility?: 'postgresql' | 'elasticsearch'
  /** Running copies of each server process, 1 to 100: one number for all roles, or a number for some. @default 1 */
  replicas?: number | TemporalReplicasInput
  /** Running copies at most, in a cluster, which adds some under load. The other roles have state to move, and keep their number. @default always the same number */
  maxReplicas?: { frontend?: number; matching?: number }
  /** How the copies of a role hand over to each other. It does nothing for a role with one copy. */
  handover?: TemporalHandoverInput
  /** Dynamic configuration, by key; laid over Sundial's own. */
  dynamicConfig?: { [key: string]: string | number | boolean }
  /** A Temporal that others run; `null` undoes it in an environment. @default none: it is run here */
  external?: ExternalTemporalInput | null
}

export interface ExternalTemporalInput {
  /** `host:port` of its frontend. */
  address: string
  /** Its certificate and name are verified. `false`: no TLS at all, for a private network only. @default TLS with a root that you give */
  tls?: ExternalTemporalTlsInput | false
  /**
   * What our programs show, beside a client certificate: `token`, one of the identity provider; `api-key`, one key for all that you give as a
   * file; `none`. @default token
   */
  authentication?: 'token' | 'api-key' | 'none'
  /** Namespaces and search attributes are made by this platform. `false`: they must be there, which is checked. @default true */
  manageNamespaces?: boolean
}

export interface ExternalTemporalTlsInput extends ExternalTlsInput {
  /** The name that its certificate must have. @default the host of the address */
  serverName?: string
  /** It asks for a client certificate, which you give as files. @default false */
  clientCertificate?: boolean
}

const external = z.strictObject({
  address: externalAddress.describe('host:port of its frontend.'),
  tls: z
    .union(
      [
        z.literal(false),
        z.strictObject({
          ...externalTls,
          serverName: externalHost.optional().describe('The name that its certificate must have; the host of the address if not given.'),
          clientCertificate: z.boolean().default(false).describe('It asks for a client certificate, which you give as files.'),
        }),
      ],
      'must be an object, or false for a private network without TLS',
    )
    .prefault({})
    .describe('Its certificate and name are verified; false: no TLS at all, for a private network only.'),
  authentication: z
    .enum(['token', 'api-key', 'none'])
    .default('token')
    .describe('What our programs show, beside a client certificate: a token of the identity provider, one key for all that you give as a file, or nothing.'),
  manageNamespaces: z
    .boolean()
    .default(true)
    .describe('Namespaces and search attributes are made by this platform; false: they must be there, which is checked.'),
})

export const temporalSettings = z
  .strictObject({
    historyShards: z.int().min(1).max(16_384).default(512).describe('Number of history shards; it can never be changed after the first start.'),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe level that the server logs.'),
    connectionPool: z
      .strictObject({
        main: z.int().min(2).max(500).default(20).describe('To the main store.'),
        visibility: z.int().min(2).max(500).default(10).describe('To the visibility store, if that is PostgreSQL.'),
      })
      .prefault({})
      .describe('Connections in the pool of each server process.'),
    visibility: z
      .enum(['postgresql', 'elasticsearch'], {
        error: ({ input }) => (Array.isArray(input) ? 'choose one: Temporal’s server refuses PostgreSQL and Elasticsearch at once' : undefined),
      })
      .default('postgresql')
      .describe('Where workflows are listed and searched.'),
    replicas: temporalReplicas,
    maxReplicas: z
      .strictObject({ frontend: replicas.optional().describe('The API for clients.'), matching: replicas.optional().describe('The task queues.') })
      .default({})
      .describe('Running copies at most, in a cluster, which adds some under load.'),
    handover: temporalHandover,
    dynamicConfig: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()], 'must be a string, a number or a boolean'))
      .default({})
      .describe('Dynamic configuration, laid over Sundial’s own.'),
    external: external.nullable().optional().describe('A Temporal that others run; null undoes it in an environment.'),
  })
  .prefault({})

export type ExternalTemporal = z.output<typeof external>
