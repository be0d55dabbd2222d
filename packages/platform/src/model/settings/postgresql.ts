import { z } from 'zod'

export interface PostgresqlInput {
  /** Connections that the server accepts, 20 to 10000; the plan checks that all pools together stay below it. @default 200 */
  maxConnections?: number
  /** Further settings of postgresql.conf, by name. */
  settings?: { [name: string]: string }
}

export const postgresqlSettings = z
  .strictObject({
    maxConnections: z.int().min(20).max(10_000).default(200).describe('Connections that the server accepts.'),
    settings: z.record(z.string(), z.string()).default({}).describe('Further settings of postgresql.conf.'),
  })
  .prefault({})
