import { z } from 'zod'

/** PostgreSQL in a cluster, where the platform runs it. */
export interface ClusterPostgresqlInput {
  /** Servers, 1 to 9: one takes writes, the others follow it and take over. @default 3; in development 1 */
  instances?: number
  /** Disk of each for data. @default 100Gi */
  storage?: string
  /** Disk of each for the write-ahead log, of its own so that data cannot fill it. @default 20Gi */
  walStorage?: string
  /** What each asks for and may use. @default 1 to 2 processors, 4Gi to 8Gi of memory */
  resources?: ServerResourcesInput
}

/** Elasticsearch in a cluster, where the platform runs it. */
export interface ClusterElasticsearchInput {
  /** Nodes, 1 to 9; two cannot agree on who leads, so 1, 3 or more. @default 3; in development 1 */
  nodes?: number
  /** Disk of each. @default 50Gi */
  storage?: string
  /** What each asks for and may use. @default half to 1 processor, 2Gi to 4Gi of memory */
  resources?: ServerResourcesInput
}

/** In Kubernetes' own quantities. */
export interface ServerResourcesInput {
  /** Processors that are kept for it, such as `500m` or `2`. */
  cpu?: string
  /** Processors that it may use. */
  cpuLimit?: string
  /** Memory that is kept for it, such as `4Gi`. */
  memory?: string
  /** Memory at which it is ended. */
  memoryLimit?: string
}

const cpu = z.string().regex(/^([1-9]\d*m|[1-9]\d*(\.\d+)?)$/, 'must be processors, such as "500m" or "2"')
const bytes = z.string().regex(/^[1-9]\d*(Mi|Gi|Ti)$/, 'must be a number of Mi, Gi or Ti, such as "4Gi"')

/** Quantities of resources, with defaults of each server's own. */
function resources(defaults: Required<ServerResourcesInput>) {
  return z
    .strictObject({
      cpu: cpu.default(defaults.cpu).describe('Processors that are kept for it.'),
      cpuLimit: cpu.default(defaults.cpuLimit).describe('Processors that it may use.'),
      memory: bytes.default(defaults.memory).describe('Memory that is kept for it.'),
      memoryLimit: bytes.default(defaults.memoryLimit).describe('Memory at which it is ended.'),
    })
    .prefault({})
    .describe('What each asks for and may use.')
}

export const clusterPostgresql = z
  .strictObject({
    instances: z.int().min(1).max(9).optional().describe('Servers: one takes writes, the others follow it and take over; 3, in development 1.'),
    storage: bytes.default('100Gi').describe('Disk of each for data.'),
    walStorage: bytes.default('20Gi').describe('Disk of each for the write-ahead log.'),
    resources: resources({ cpu: '1', cpuLimit: '2', memory: '4Gi', memoryLimit: '8Gi' }),
  })
  .prefault({})
  .describe('PostgreSQL, where the platform runs it.')

export const clusterElasticsearch = z
  .strictObject({
    nodes: z
      .int()
      .min(1)
      .max(9)
      .refine((count) => count !== 2, 'must be 1, 3 or more: of two nodes, neither can lead when the other is gone')
      .optional()
      .describe('Nodes; 3, in development 1.'),
    storage: bytes.default('50Gi').describe('Disk of each.'),
    resources: resources({ cpu: '500m', cpuLimit: '1', memory: '2Gi', memoryLimit: '4Gi' }),
  })
  .prefault({})
  .describe('Elasticsearch, where the platform runs it.')
