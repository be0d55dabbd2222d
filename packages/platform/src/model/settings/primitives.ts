import { z } from 'zod'

/** The name of something that the configuration names. */
export const name = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, 'must be lower case letters, digits and dashes, at most 40, beginning with a letter')
/** Running copies of a process. */
export const replicas = z.int().min(1).max(100)
/** Above are ports that systems give to outgoing connections. */
export const port = z.int().min(1024).max(32_767)
