import { z } from 'zod'

const database = z.strictObject({
  database: z.string().min(1),
  /** Its owner, as which programs log in. */
  user: z.string().min(1),
  passwordFile: z.string(),
  extensions: z.array(z.string()),
})

export const postgresqlSettings = z.strictObject({
  /** As in the server's certificate. */
  host: z.string(),
  port: z.int(),
  /** `false`: no TLS. Without `caFile`, the roots of the machine are trusted. */
  tls: z.union([z.literal(false), z.strictObject({ caFile: z.string().optional() })]),
  minimumMajor: z.int(),
  /** What the platform may open. */
  maxConnections: z.int(),
  /** How long to wait for a server that does not answer: it may be restarting. */
  patienceSeconds: z.number().default(10),
  databases: z.array(database),
})

export type PostgresqlSettings = z.infer<typeof postgresqlSettings>
export type DatabaseSettings = z.infer<typeof database>
