import { z } from 'zod'
import { externalUrl } from './external.ts'
import { port } from './primitives.ts'

export interface TracingInput {
  /** Whether requests, workflows and activities are traced, and a collector takes the traces. @default false */
  enabled?: boolean
  /** Share of the traces that begin here that are recorded, from 0 to 1. Who calls with a trace decides for it. @default 1 */
  sampleRatio?: number
  /** Port of the collector on a laptop, 1024 to 32767, if it is free. @default 4318 */
  port?: number
  /** A collector that others run; `null` undoes it in an environment. @default none: it is run here */
  external?: ExternalTracingInput | null
}

export interface ExternalTracingInput {
  /** Where it takes OTLP over HTTP, without `/v1/traces`. */
  url: string
}

export const tracingSettings = z
  .strictObject({
    enabled: z.boolean().default(false).describe('Whether requests, workflows and activities are traced, and a collector takes the traces.'),
    sampleRatio: z.number().min(0).max(1).default(1).describe('Share of the traces that begin here that are recorded. Who calls with a trace decides for it.'),
    port: port.default(4318).describe('Port of the collector on a laptop, if it is free.'),
    external: z
      .strictObject({ url: externalUrl.describe('Where it takes OTLP over HTTP, without /v1/traces.') })
      .nullable()
      .optional()
      .describe('A collector that others run; null undoes it in an environment.'),
  })
  .prefault({})
  .describe('Traces of requests, workflows and activities, by OpenTelemetry.')
