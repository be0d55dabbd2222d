import { z } from 'zod'
import type { IdentityProviderConfiguration } from './configuration.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', '::1', 'localhost'])

const file = z.string().startsWith('/', 'must be an absolute path')
/** RFC 6749 section 3.3: printable ASCII without space, `"` and `\`. */
const scope = z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'must be one scope: printable, without spaces and quotes')
const identifier = z.string().regex(/^[\w.-]+$/, 'must be letters, digits, "_", "." and "-"')

const issuer = z.string().superRefine((value, context) => {
  const url = URL.parse(value)
  if (url === null || url.protocol !== 'http:' || !LOOPBACK.has(url.hostname)) {
    return context.addIssue(`"${value}" must be http:// and a loopback host, such as http://127.0.0.1:9080: this provider is for one machine`)
  }
  if (url.origin !== value) context.addIssue(`"${value}" must be an origin only: ${url.origin}`)
})

const redirectUri = z.string().superRefine((value, context) => {
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol)) return context.addIssue(`"${value}" is not an http or https address`)
  if (url.hash !== '') context.addIssue(`"${value}" must not have a fragment`)
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) context.addIssue(`"${value}" is plain http on a host that is not loopback; use https`)
})

const client = z
  .strictObject({
    id: identifier,
    name: z.string().min(1).optional(),
    secretFile: file,
    kind: z.enum(['service', 'web']),
    redirectUris: z.array(redirectUri).optional(),
    audience: z.string().min(1),
    permissions: z.array(z.string().min(1)).optional(),
    scopes: z.array(scope).min(1, 'must list at least one scope, since a token without scopes allows nothing'),
  })
  .superRefine((value, context) => {
    const scopes = new Set(value.scopes)
    const redirects = value.redirectUris?.length ?? 0
    if (value.kind === 'web' && redirects === 0) context.addIssue({ code: 'custom', path: ['redirectUris'], message: 'a web client needs at least one' })
    if (value.kind === 'web' && !scopes.has('openid')) context.addIssue({ code: 'custom', path: ['scopes'], message: 'a web client needs "openid"' })
    if (value.kind === 'web' && value.permissions?.length) {
      context.addIssue({ code: 'custom', path: ['permissions'], message: 'a web client has those of the user who signs in; remove them' })
    }
    if (value.kind === 'service' && redirects > 0) context.addIssue({ code: 'custom', path: ['redirectUris'], message: 'a service client has none' })
    if (value.kind === 'service' && value.permissions?.length && !scopes.has('permissions')) {
      context.addIssue({ code: 'custom', path: ['scopes'], message: 'must contain "permissions", else its permissions never get into a token' })
    }
  })

const user = z.strictObject({
  name: identifier,
  email: z.string().regex(/^[^\s@]+@[^\s@]+$/, 'must be an email address'),
  passwordFile: file,
  permissions: z.array(z.string().min(1)),
  scopes: z.array(scope).optional(),
})

/** Checks a configuration file's content. Says nothing about the files that it names. */
export const configurationSchema = z
  .strictObject({
    issuer,
    listen: z.strictObject({
      host: z.string().refine((host) => LOOPBACK.has(host), 'must be a loopback address: 127.0.0.1, ::1 or localhost'),
      port: z.int().min(1).max(65_535),
    }),
    signingKeyFile: file,
    cookieSecretFile: file,
    sessionsFile: file.optional(),
    /** A day at most: an access token cannot be revoked. */
    tokenLifetimeSeconds: z.int().min(30).max(86_400).optional(),
    clients: z.array(client),
    users: z.array(user),
  })
  .superRefine((value, context) => {
    for (const id of repeated(value.clients.map((each) => each.id))) context.addIssue({ code: 'custom', path: ['clients'], message: `"${id}" is there twice` })
    for (const name of repeated(value.users.map((each) => each.name)))
      context.addIssue({ code: 'custom', path: ['users'], message: `"${name}" is there twice` })
  }) satisfies z.ZodType<IdentityProviderConfiguration>

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index)
}
