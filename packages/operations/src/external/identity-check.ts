import { z } from 'zod'
import { checkIdentity } from './identity.ts'
import { runCheck } from './job.ts'

const settings = z.strictObject({
  issuer: z.string(),
  /** Where the configuration says that the keys are. */
  jwksUrl: z.string().optional(),
  /** How long to wait for a provider that does not answer: it may be restarting. */
  patienceSeconds: z.number().default(10),
})

// A job: `node identity-check.js FILE` finds out whether an identity provider that others run is the one that the configuration means.
await runCheck('identity-check', settings, checkIdentity)
