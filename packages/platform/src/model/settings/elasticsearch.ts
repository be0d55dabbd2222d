import { z } from 'zod'
import { port } from './primitives.ts'

/** Used when `temporal.visibility` is `elasticsearch`. On a laptop it is OpenSearch, which speaks the same protocol. */
export interface ElasticsearchInput {
  /** Heap of each node, in mebibytes, 256 to 31744; the process needs some hundred more. @default 512 */
  heapMebibytes?: number
  /** Index of Temporal's visibility records. It begins with `temporal_visibility_v1`, which Temporal's index template is for. @default temporal_visibility_v1 */
  index?: string
  /** Port on a laptop, 1024 to 32767, if it is free. @default 9200 */
  port?: number
}

const index = z
  .string()
  .max(200)
  .regex(/^temporal_visibility_v1[a-z0-9_-]*$/, 'must begin with temporal_visibility_v1 and go on with lower case letters, digits, "_" and "-"')

export const elasticsearchSettings = z
  .strictObject({
    heapMebibytes: z.int().min(256).max(31_744).default(512).describe('Heap of each node, in mebibytes.'),
    index: index.default('temporal_visibility_v1').describe('Index of Temporal’s visibility records.'),
    port: port.default(9200).describe('Port on a laptop, if it is free.'),
  })
  .prefault({})
  .describe('The search engine, used when temporal.visibility is elasticsearch.')
