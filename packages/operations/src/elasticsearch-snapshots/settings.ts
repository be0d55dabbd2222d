import { z } from 'zod'
import { elasticsearchConnection } from '../external/elasticsearch-settings.ts'

export const snapshotsSettings = z.strictObject({
  ...elasticsearchConnection.shape,
  /** As Elasticsearch has it: `PUT _snapshot/<name>`. */
  repository: z.strictObject({ type: z.enum(['s3', 'gcs']), settings: z.record(z.string(), z.string()) }),
  policy: z.strictObject({
    /** Six fields with seconds first, with `?` for one of the days. */
    schedule: z.string(),
    index: z.string(),
    retentionDays: z.int().min(1),
  }),
})

export type SnapshotsSettings = z.infer<typeof snapshotsSettings>
