import { z } from 'zod'
import { externalHost, externalPort, externalTls, type ExternalTlsInput } from './external.ts'
import { port } from './primitives.ts'

/** Used when `temporal.visibility` is `elasticsearch`. On a laptop it is OpenSearch, which speaks the same protocol. */
export interface ElasticsearchInput {
  /** Heap of each node, in mebibytes, 256 to 31744; the process needs some hundred more. @default 512 */
  heapMebibytes?: number
  /** Index of Temporal's visibility records. It begins with `temporal_visibility_v1`, which Temporal's index template is for. @default temporal_visibility_v1 */
  index?: string
  /**
   * Whether it protects itself: TLS, and a user with a password. OpenSearch on a laptop, which only the laptop reaches, does not.
   * @default false in development, true in the other environments
   */
  security?: boolean
  /** Port on a laptop, 1024 to 32767, if it is free. @default 9200 */
  port?: number
  /** Elasticsearch or OpenSearch that others run; `null` undoes it in an environment. @default none: it is run here */
  external?: ExternalElasticsearchInput | null
}

export interface ExternalElasticsearchInput {
  /** Name or IP address of a node or of what stands before the nodes, as in its certificate. */
  host: string
  /** @default 9200 */
  port?: number
  /** Its certificate and name are verified. `false`: no TLS at all, for a private network only. @default TLS with a root that you give */
  tls?: ExternalTlsInput | false
  /** What Temporal shows: a user's name and a password that you give as a file, or nothing. @default password */
  authentication?: 'password' | 'none'
  /** The user, with `authentication: 'password'`. @default temporal */
  username?: string
}

const index = z
  .string()
  .max(200)
  .regex(/^temporal_visibility_v1[a-z0-9_-]*$/, 'must begin with temporal_visibility_v1 and go on with lower case letters, digits, "_" and "-"')

/** HTTP's basic authentication ends a name at the first colon. */
const username = z
  .string()
  .max(507)
  .regex(/^[!-9;-~]+$/, 'must be letters, digits and punctuation of ASCII, without spaces and ":"')

const external = z
  .strictObject({
    host: externalHost.describe('Name or IP address of a node or of what stands before the nodes, as in its certificate.'),
    port: externalPort.default(9200).describe('Port of HTTP.'),
    tls: z
      .union([z.literal(false), z.strictObject(externalTls)], 'must be an object, or false for a private network without TLS')
      .prefault({})
      .describe('Its certificate and name are verified; false: no TLS at all, for a private network only.'),
    authentication: z
      .enum(['password', 'none'])
      .default('password')
      .describe('What Temporal shows: a user’s name and a password that you give as a file, or nothing.'),
    username: username.optional().describe('The user, with authentication: password; temporal if not given.'),
  })
  .refine((settings) => settings.authentication === 'password' || settings.username === undefined, {
    path: ['username'],
    message: 'means nothing: authentication is none, so no name is shown',
  })

export const elasticsearchSettings = z
  .strictObject({
    heapMebibytes: z.int().min(256).max(31_744).default(512).describe('Heap of each node, in mebibytes.'),
    index: index.default('temporal_visibility_v1').describe('Index of Temporal’s visibility records.'),
    security: z.boolean().optional().describe('Whether it protects itself: TLS, and a user with a password; true, in development false.'),
    port: port.default(9200).describe('Port on a laptop, if it is free.'),
    external: external.nullable().optional().describe('Elasticsearch or OpenSearch that others run; null undoes it in an environment.'),
  })
  .prefault({})
  .describe('The search engine, used when temporal.visibility is elasticsearch.')
