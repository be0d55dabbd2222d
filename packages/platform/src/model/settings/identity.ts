import { z } from 'zod'
import { externalUrl } from './external.ts'
import { name } from './primitives.ts'

export interface IdentityInput {
  /** How long an access token is valid, in seconds: 60 to 86400. @default 600 */
  tokenLifetimeSeconds?: number
  /** People of the local identity provider, by login name. In production people come from the identity provider itself. */
  users?: { [name: string]: UserInput }
  /** A provider that others run, with people and clients of its own; `null` undoes it in an environment. @default none: one is run here */
  external?: ExternalIdentityInput | null
}

export interface ExternalIdentityInput {
  /** What the provider calls itself, character by character: `issuer` of its discovery document. */
  issuer: string
  /** Where its keys are: `jwks_uri` of its discovery document. Needed where Temporal runs here, since its server does not discover. */
  jwksUrl?: string
  /** The scope that puts Temporal's permissions into a token. @default permissions */
  scope?: string
  /** Ids of clients there, by their ids in the plan: `./sundial plan` lists them. `temporal` is the audience of tokens, too. @default the same ids */
  clients?: { [id: string]: string }
}

export interface UserInput {
  /** Electronic mail address. */
  email: string
  /** Temporal permissions: `<namespace>:<role>` or `temporal-system:<role>`, role one of read, write, admin. */
  permissions: string[]
}

const permission = z.string().regex(/^[\w-]+:(read|write|admin)$/, 'must be "<namespace>:<role>" with role read, write or admin, such as "orders:write"')

export const identitySettings = z
  .strictObject({
    tokenLifetimeSeconds: z.int().min(60).max(86_400).default(600).describe('How long an access token is valid, in seconds.'),
    users: z
      .record(
        name,
        z.strictObject({
          email: z.email('must be an e-mail address').describe('Electronic mail address.'),
          permissions: z.array(permission).min(1).describe('Temporal permissions: <namespace>:<role>.'),
        }),
      )
      .default({})
      .describe('People of the local identity provider, by login name.'),
    external: z
      .strictObject({
        issuer: externalUrl.describe('What the provider calls itself, character by character: issuer of its discovery document.'),
        jwksUrl: externalUrl.optional().describe('Where its keys are: jwks_uri of its discovery document. Needed where Temporal runs here.'),
        scope: z
          .string()
          .regex(/^\S+$/, 'must be one scope, without spaces')
          .default('permissions')
          .describe('The scope that puts Temporal’s permissions into a token.'),
        clients: z
          .record(z.string(), z.string().min(1))
          .default({})
          .describe('Ids of clients there, by their ids in the plan; temporal is the audience of tokens, too.'),
      })
      .nullable()
      .optional()
      .describe('A provider that others run, with people and clients of its own; null undoes it in an environment.'),
  })
  .prefault({})
