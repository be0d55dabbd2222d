import { z } from 'zod'
import { port, replicas } from './primitives.ts'

/** What decrypts payloads for people. It runs where any application has `encryption`. */
export interface CodecServerInput {
  /** Port on a laptop, 1024 to 32767, if it is free. @default 8234 */
  port?: number
  /** Running copies; one in development, where people sign in to it. @default 1 */
  replicas?: number
  /** Whether it encrypts too, for people who send signals or start workflows in the Web UI. @default false */
  encode?: boolean
}

export const codecServerSettings = z
  .strictObject({
    port: port.default(8234).describe('Port on a laptop, if it is free.'),
    replicas: replicas.default(1).describe('Running copies; one in development, where people sign in to it.'),
    encode: z.boolean().default(false).describe('Whether it encrypts too, for people who send signals or start workflows in the Web UI.'),
  })
  .prefault({})
