import { z } from 'zod'

export const elasticsearchSettings = z.strictObject({
  /** As in the certificate. */
  host: z.string(),
  port: z.int(),
  /** `false`: no TLS. Without `caFile`, the public roots are trusted. */
  tls: z.union([z.literal(false), z.strictObject({ caFile: z.string().optional() })]),
  /** As whom to ask; nobody if absent. */
  login: z.strictObject({ user: z.string(), passwordFile: z.string() }).optional(),
  minimumMajor: z.strictObject({ elasticsearch: z.int(), opensearch: z.int() }),
  /** How long to wait for a server that does not answer: it may be restarting. */
  patienceSeconds: z.number().default(10),
})

export type ElasticsearchSettings = z.infer<typeof elasticsearchSettings>
