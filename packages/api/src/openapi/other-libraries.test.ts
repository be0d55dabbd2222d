import { defineContract } from '@sundial/contract'
import { toStandardJsonSchema } from '@valibot/to-json-schema'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../test/test-api.ts'

const contract = defineContract({
  name: 'parcels',
  taskQueue: 'parcels',
  workflows: {
    send: {
      description: 'Sends',
      input: toStandardJsonSchema(v.object({ to: v.pipe(v.string(), v.minLength(1)), parcels: v.optional(v.pipe(v.number(), v.integer()), 1) })),
      output: toStandardJsonSchema(v.object({ mode: v.picklist(['air', 'road']) })),
      idempotency: 'once-per-id',
      access: { start: 'parcels:write' },
    },
  },
  activities: {},
})

let api: TestApi
beforeAll(async () => {
  api = await startTestApi(undefined, { contract })
})
afterAll(() => api.close())

test('a contract of valibot is documented, and its requests are checked', async () => {
  const { components } = (await api.app.inject({ url: '/openapi.json' })).json<{ components: { schemas: Record<string, unknown> } }>()
  expect(components.schemas).toMatchObject({
    SendInput: { required: ['to'], properties: { parcels: { type: 'integer', default: 1 } } },
    SendOutput: { properties: { mode: { enum: ['air', 'road'] } } },
  })
  const response = await api.as('parcels:write', { method: 'POST', url: '/v1/workflows/send', payload: { to: 'x', parcels: 0.5 } })
  expect({ status: response.statusCode, ...response.json<object>() }).toMatchObject({ status: 422, errors: [{ pointer: '#/parcels' }] })
})
