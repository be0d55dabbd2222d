import { z } from 'zod'
import { externalUrl } from './external.ts'
import { port } from './primitives.ts'

export interface WebUiInput {
  /** Whether the Web UI runs. @default true */
  enabled?: boolean
  /** Port on a laptop, 1024 to 32767, if it is free. @default 8233 */
  port?: number
  /** A Web UI that others run; `null` undoes it in an environment. @default none: it is run here */
  external?: ExternalWebUiInput | null
}

export interface ExternalWebUiInput {
  /** Where people open it. */
  url: string
}

export const webUiSettings = z
  .strictObject({
    enabled: z.boolean().default(true).describe('Whether the Web UI runs.'),
    port: port.default(8233).describe('Port on a laptop, if it is free.'),
    external: z
      .strictObject({ url: externalUrl.describe('Where people open it.') })
      .nullable()
      .optional()
      .describe('A Web UI that others run; null undoes it in an environment.'),
  })
  .prefault({})
