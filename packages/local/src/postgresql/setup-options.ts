import { z } from 'zod'

const database = z.strictObject({
  name: z.string().min(1),
  /** Role that owns the database, and the only one that may connect to it besides the superuser. */
  owner: z.string().min(1),
  /** Holds the owner's password. Databases of one owner name the same file. */
  passwordFile: z.string(),
  extensions: z.array(z.string()).default([]),
})

export const setupOptions = z.strictObject({
  /** As in the server's certificate. */
  host: z.string(),
  port: z.coerce.number().int().min(1).max(65535),
  adminUser: z.string(),
  adminPasswordFile: z.string(),
  /** Root of the server's certificate. */
  caFile: z.string(),
  databases: z.array(database),
})

export type SetupOptions = z.infer<typeof setupOptions>
export type DatabaseOptions = z.infer<typeof database>
