import { z } from 'zod'

/** PostgreSQL's names, those of extensions with a dot. */
const settingName = z.string().regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/, 'must be the name of a setting')
const loopback = z.enum(['127.0.0.1', '::1', 'localhost'])

export const initOptions = z.strictObject({
  /** Data folders of one major cannot be opened by another. */
  major: z.int(),
  /** Absolute. */
  dataFolder: z.string(),
  superuser: z.string().min(1),
  /** Holds the superuser's password. */
  passwordFile: z.string(),
  /** Of others who log in, for a data folder that was made elsewhere with other passwords. */
  roles: z.array(z.strictObject({ name: z.string().min(1), passwordFile: z.string() })).default([]),
  /** Lines of postgresql.conf. */
  settings: z.record(settingName, z.string()).default({}),
  certFile: z.string(),
  keyFile: z.string(),
  port: z.coerce.number().int().min(1).max(65535),
  listen: loopback.default('127.0.0.1'),
})

export type InitOptions = z.infer<typeof initOptions>
