import { z } from 'zod'
import { port } from './primitives.ts'

export interface WebUiInput {
  /** Whether the Web UI runs. @default true */
  enabled?: boolean
  /** Port on a laptop, 1024 to 32767, if it is free. @default 8233 */
  port?: number
}

export const webUiSettings = z
  .strictObject({
    enabled: z.boolean().default(true).describe('Whether the Web UI runs.'),
    port: port.default(8233).describe('Port on a laptop, if it is free.'),
  })
  .prefault({})
