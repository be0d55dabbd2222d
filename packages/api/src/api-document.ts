import { createLogger } from '@sundial/runtime'
import { Registry } from 'prom-client'
import type { Verifier } from './auth/verifier.ts'
import { type ApiOptions, createApi } from './create-api.ts'
import type { Temporal } from './temporal/temporal.ts'

/** The OpenAPI document of an API, the same as at its `/openapi.json`, without running it. */
export async function apiDocument(options: ApiOptions): Promise<unknown> {
  const app = await createApi(options, {
    // Nothing is asked of these before there is a request.
    temporal: {} as Temporal,
    verifier: {} as Verifier,
    logger: createLogger('api-document', 'silent'),
    registry: new Registry(),
    cursorKey: Buffer.alloc(32),
  })
  await app.ready()
  const document: unknown = app.swagger()
  await app.close()
  return document
}
