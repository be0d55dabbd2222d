import { z } from 'zod'

export interface TemporalInput {
  /** Number of history shards, 1 to 16384. It can never be changed after the first start. @default 512 */
  historyShards?: number
  /** Least severe level that the server logs. @default info */
  logLevel?: 'debug' | 'info' | 'warn' | 'error'
  /** Connections in the pool of each server process. */
  connectionPool?: {
    /** To the main store, 2 to 500. @default 20 */
    main?: number
    /** To the visibility store, 2 to 500. @default 10 */
    visibility?: number
  }
  /** Running copies of each server process. @default 1 */
  replicas?: number
  /** Dynamic configuration, by key; laid over Sundial's own. */
  dynamicConfig?: { [key: string]: string | number | boolean }
}

export const temporalSettings = z
  .strictObject({
    historyShards: z.int().min(1).max(16_384).default(512).describe('Number of history shards; it can never be changed after the first start.'),
    logLevel: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least severe level that the server logs.'),
    connectionPool: z
      .strictObject({
        main: z.int().min(2).max(500).default(20).describe('To the main store.'),
        visibility: z.int().min(2).max(500).default(10).describe('To the visibility store.'),
      })
      .prefault({})
      .describe('Connections in the pool of each server process.'),
    replicas: z.int().min(1).max(100).default(1).describe('Running copies of each server process.'),
    dynamicConfig: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
      .default({})
      .describe('Dynamic configuration, laid over Sundial’s own.'),
  })
  .prefault({})
