import { z } from 'zod'

/** How it is reached, and as whom. */
export const elasticsearchConnection = z.strictObject({
  /** As in the certificate. */
  host: z.string(),
  port: z.int(),
  /** `false`: no TLS. Without `caFile`, the public roots are trusted. */
  tls: z.union([z.literal(false), z.strictObject({ caFile: z.string().optional() })]),
  /** As whom to ask; nobody if absent. */
  login: z.strictObject({ user: z.string(), passwordFile: z.string() }).optional(),
})

export type ElasticsearchConnection = z.infer<typeof elasticsearchConnection>

export const elasticsearchSettings = z.strictObject({
  ...elasticsearchConnection.shape,
  minimumMajor: z.strictObject({ elasticsearch: z.int(), opensearch: z.int() }),
  /** How long to wait for a server that does not answer: it may be restarting. */
  patienceSeconds: z.number().default(10),
})

export type ElasticsearchSettings = z.infer<typeof elasticsearchSettings>
