import { z } from 'zod'
import { externalHost, externalPort, externalTls, type ExternalTlsInput } from './external.ts'

export interface PostgresqlInput {
  /**
   * Connections that the server accepts, 20 to 10000; the plan checks that all pools together stay below it. Of an external server: those that
   * this platform may open. @default 200
   */
  maxConnections?: number
  /** Further settings of postgresql.conf, by name. */
  settings?: { [name: string]: string }
  /** A server that others run; `null` undoes it in an environment. @default none: it is run here */
  external?: ExternalPostgresqlInput | null
}

export interface ExternalPostgresqlInput {
  /** Name or IP address of the server, as in its certificate. */
  host: string
  /** @default 5432 */
  port?: number
  /** Its certificate and name are verified. `false`: no TLS at all, for a private network only. @default TLS with a root that you give */
  tls?: ExternalTlsInput | false
  /** What the databases are called there, by their names in the plan: `./sundial plan` lists them. */
  databases?: { [name: string]: ExternalDatabaseInput }
}

export interface ExternalDatabaseInput {
  /** Name of the database. @default its name in the plan */
  name?: string
  /** The role that owns it, and logs in. @default its owner in the plan */
  user?: string
}

/** Temporal puts them into a connection string as they are. */
const identifier = z.string().regex(/^[A-Za-z_][\w-]{0,62}$/, 'must be letters, digits, "_" and "-", at most 63, beginning with a letter or "_"')

export const postgresqlSettings = z
  .strictObject({
    maxConnections: z
      .int()
      .min(20)
      .max(10_000)
      .default(200)
      .describe('Connections that the server accepts; of an external server, those that this platform may open.'),
    settings: z.record(z.string(), z.string()).default({}).describe('Further settings of postgresql.conf.'),
    external: z
      .strictObject({
        host: externalHost.describe('Name or IP address of the server, as in its certificate.'),
        port: externalPort.default(5432).describe('Port of the server.'),
        tls: z
          .union([z.literal(false), z.strictObject(externalTls)], 'must be an object, or false for a private network without TLS')
          .prefault({})
          .describe('Its certificate and name are verified; false: no TLS at all, for a private network only.'),
        databases: z
          .record(
            z.string(),
            z.strictObject({
              name: identifier.optional().describe('Name of the database; that of the plan if not given.'),
              user: identifier.optional().describe('The role that owns it, and logs in; that of the plan if not given.'),
            }),
          )
          .default({})
          .describe('What the databases are called there, by their names in the plan.'),
      })
      .nullable()
      .optional()
      .describe('A server that others run; null undoes it in an environment.'),
  })
  .prefault({})
