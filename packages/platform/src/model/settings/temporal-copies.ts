import { z } from 'zod'
import { replicas } from './primitives.ts'

/** The server's roles, in Temporal's words: what `--service` takes. */
export const TEMPORAL_ROLES = ['frontend', 'internal-frontend', 'history', 'matching', 'worker'] as const
export type TemporalRole = (typeof TEMPORAL_ROLES)[number]

/** Running copies by role. A role that is left out runs one. */
export interface TemporalReplicasInput {
  /** The API for clients. @default 1 */
  frontend?: number
  /** The API for the server's own processes. @default 1 */
  'internal-frontend'?: number
  /** The state of workflows: shards are shared out among the copies. @default 1 */
  history?: number
  /** The task queues: their partitions are shared out among the copies. @default 1 */
  matching?: number
  /** Temporal's own background workflows. @default 1 */
  worker?: number
}

export interface TemporalHandoverInput {
  /** Seconds that a stopping frontend goes on answering while it calls itself unhealthy, 0 to 60: longer than a balancer takes to notice. @default 10 */
  noticeSeconds?: number
  /** History and matching join and leave at multiples of this many seconds, 0 to 60, so that what one takes over from another moves once. @default 10 */
  alignSeconds?: number
}

/** Checked, it has a number for each role. */
export const temporalReplicas = z
  .union(
    [
      replicas,
      z.strictObject({
        frontend: replicas.optional().describe('The API for clients.'),
        'internal-frontend': replicas.optional().describe('The API for the server’s own processes.'),
        history: replicas.optional().describe('The state of workflows: shards are shared out among the copies.'),
        matching: replicas.optional().describe('The task queues: their partitions are shared out among the copies.'),
        worker: replicas.optional().describe('Temporal’s own background workflows.'),
      }),
    ],
    'must be a whole number, or numbers by role, such as { history: 2 }',
  )
  .default(1)
  .transform((given) => {
    const byRole = TEMPORAL_ROLES.map((role) => [role, typeof given === 'number' ? given : (given[role] ?? 1)])
    return Object.fromEntries(byRole) as Record<TemporalRole, number>
  })
  .describe('Running copies of each server process: one number for all roles, or numbers by role; a role that is left out runs one.')

export const temporalHandover = z
  .strictObject({
    noticeSeconds: z.int().min(0).max(60).default(10).describe('Seconds that a stopping frontend goes on answering while it calls itself unhealthy.'),
    alignSeconds: z.int().min(0).max(60).default(10).describe('History and matching join and leave at multiples of this many seconds.'),
  })
  .prefault({})
  .describe('How the copies of a role hand over to each other. It does nothing for a role with one copy.')
