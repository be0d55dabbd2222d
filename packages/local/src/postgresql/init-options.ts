import { z } from 'zod'

/** Data folders of one major cannot be opened by another, and this one is on Debian 12 and in npm's embedded package. */
const DEFAULT_MAJOR = 15

/** PostgreSQL's names, those of extensions with a dot. */
const settingName = z.string().regex(/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/, 'must be the name of a setting')
const loopback = z.enum(['127.0.0.1', '::1', 'localhost'])
/** Without TLS nobody connects, whatever else the rules say. */
const hbaRule = z.string().regex(/^hostssl\s[^\n]*$/, 'must be one line that begins with hostssl')

export const initOptions = z.strictObject({
  /** Folder of `initdb`. @default looked for on this machine */
  binFolder: z.string().optional(),
  major: z.coerce.number().int().default(DEFAULT_MAJOR),
  /** Absolute. */
  dataFolder: z.string(),
  superuser: z.string().min(1),
  /** Holds the superuser's password. */
  passwordFile: z.string(),
  /** Lines of postgresql.conf. */
  settings: z.record(settingName, z.string()).default({}),
  /** Lines of pg_hba.conf. @default every user to every database, by password, from this machine */
  hba: z.array(hbaRule).default(['hostssl all all 127.0.0.1/32 scram-sha-256', 'hostssl all all ::1/128 scram-sha-256']),
  certFile: z.string(),
  keyFile: z.string(),
  /** Root of client certificates; without it none are asked for. */
  caFile: z.string().optional(),
  port: z.coerce.number().int().min(1).max(65535),
  listen: loopback.default('127.0.0.1'),
})

export type InitOptions = z.infer<typeof initOptions>
