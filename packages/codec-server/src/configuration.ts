import { readFileSync } from 'node:fs'
import { z } from 'zod'

const configuration = z.strictObject({
  /** Whose payloads are decrypted here, and with which keys. Those of others are given back as they are. */
  namespaces: z.record(z.string(), z.strictObject({ keysFolder: z.string() })),
  /** Issuer of the tokens. */
  issuer: z.url(),
  /** The `aud` of the tokens: Temporal's own, since who may read a workflow there may read it here. */
  audience: z.string().min(1),
  /** Origins of pages that may ask: the Web UI's. */
  origins: z.array(z.string()),
  /** Whether it encrypts too, for pages that send signals or start workflows. */
  encode: z.boolean().default(false),
  /** How a person signs in here with a browser, where the Web UI does not bring a token. */
  login: z
    .strictObject({
      clientId: z.string(),
      clientSecretFile: z.string(),
      scopes: z.array(z.string()),
      callbackUrl: z.url(),
      /** Where a person goes on. */
      returnUrl: z.url(),
    })
    .optional(),
})

export type CodecServerConfiguration = z.output<typeof configuration>
export type LoginConfiguration = NonNullable<CodecServerConfiguration['login']>

/** Reads a configuration file. Throws an error that names the file, and all that is wrong. */
export function readConfiguration(path: string | undefined): CodecServerConfiguration {
  if (path === undefined) throw new Error('name the configuration file: codec-server FILE')
  const result = configuration.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (result.success) return result.data
  throw new Error(`the configuration ${path} is wrong:\n${z.prettifyError(result.error)}`)
}
