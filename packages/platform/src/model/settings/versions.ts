import { z } from 'zod'
import { knownVersions } from '../versions.ts'

export interface VersionsInput {
  /** Temporal server and its schema tool. @default the newest known */
  temporal?: string
  /** Temporal Web UI server. @default the newest known */
  temporalUi?: string
  /** PostgreSQL's major version. @default the newest known */
  postgresql?: string
  /** OpenSearch, which is Elasticsearch on a laptop. @default the newest known */
  opensearch?: string
  /** OpenTelemetry Collector, on a laptop. @default the newest known */
  opentelemetryCollector?: string
}

const version = (program: Parameters<typeof knownVersions>[0]) => {
  const known = knownVersions(program)
  return z
    .string()
    .refine((text) => known.includes(text), `must be a known version: ${known.join(', ')}`)
    .default(known[0])
    .meta({ enum: known })
}

export const versionsSettings = z
  .strictObject({
    temporal: version('temporal'),
    temporalUi: version('temporal-ui'),
    postgresql: version('postgresql'),
    opensearch: version('opensearch'),
    opentelemetryCollector: version('opentelemetry-collector'),
  })
  .prefault({})
  .describe('Versions of the programs; each is the newest known if not given.')
