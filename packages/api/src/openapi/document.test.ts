import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApi, type TestApi } from '../test/test-api.ts'

let api: TestApi
let document: Record<string, any>
beforeAll(async () => {
  api = await startTestApi()
  document = (await api.app.inject({ url: '/openapi.json' })).json()
})
afterAll(() => api.close())

function operations(): { path: string; method: string; operation: Record<string, any> }[] {
  return Object.entries(document['paths'] as object).flatMap(([path, item]) =>
    Object.entries(item as object).map(([method, operation]) => ({ path, method, operation })),
  )
}

test('is a valid OpenAPI 3.1 document', async () => {
  expect(document['openapi']).toBe('3.1.0')
  expect(document['info']).toEqual({ title: 'Orders', version: '1.2.3' })
  expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true })
})

test('every schema compiles in the dialect of 3.1, with every reference', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: true })
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addSchema({ $id: 'https://api.example/document', ...document })
  const names = Object.keys(document['components'].schemas)
  expect(names.length).toBeGreaterThan(15)
  for (const name of names) expect(ajv.getSchema(`https://api.example/document#/components/schemas/${name}`), name).toBeTypeOf('function')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference as string)
  for (const reference of new Set(references)) expect(names, reference).toContain(reference.replace('#/components/schemas/', '').split('/')[0])
})

test('has an operation for each thing that the contract lets somebody do', () => {
  expect(
    operations().map(
      ({ path, method, operation }) => `${operation['operationId']}: ${method} ${path} [${operation['security'].map(({ bearer }: any) => bearer)}]`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "listWorkflows: get /v1/workflows [orders:read,audit:read]",
      "countWorkflows: get /v1/workflows:count [orders:read,audit:read]",
      "listSchedules: get /v1/schedules [audit:read]",
      "describeNightlyAuditSchedule: get /v1/schedules/nightly-audit [audit:read]",
      "pauseNightlyAuditSchedule: post /v1/schedules/nightly-audit/pause [audit:operate]",
      "resumeNightlyAuditSchedule: post /v1/schedules/nightly-audit/resume [audit:operate]",
      "startFulfilOrder: post /v1/workflows/fulfil-order [orders:write]",
      "putFulfilOrder: put /v1/workflows/fulfil-order/{workflowId} [orders:write]",
      "describeFulfilOrder: get /v1/workflows/fulfil-order/{workflowId} [orders:read]",
      "getFulfilOrderResult: get /v1/workflows/fulfil-order/{workflowId}/result [orders:read]",
      "followFulfilOrder: get /v1/workflows/fulfil-order/{workflowId}/events [orders:read]",
      "signalFulfilOrderApprove: post /v1/workflows/fulfil-order/{workflowId}/signals/approve [orders:approve]",
      "signalWithStartFulfilOrderApprove: post /v1/workflows/fulfil-order/{workflowId}/signal-with-start/approve [orders:write,orders:approve]",
      "queryFulfilOrderState: get /v1/workflows/fulfil-order/{workflowId}/queries/state [orders:read]",
      "queryFulfilOrderLine: post /v1/workflows/fulfil-order/{workflowId}/queries/line [orders:read]",
      "updateFulfilOrderChangeAddress: post /v1/workflows/fulfil-order/{workflowId}/updates/change-address [orders:write]",
      "getFulfilOrderChangeAddressUpdate: get /v1/workflows/fulfil-order/{workflowId}/updates/change-address/{updateId} [orders:write]",
      "updateWithStartFulfilOrderChangeAddress: post /v1/workflows/fulfil-order/{workflowId}/update-with-start/change-address [orders:write,orders:write]",
      "cancelFulfilOrder: post /v1/workflows/fulfil-order/{workflowId}/cancel [orders:write]",
      "resetFulfilOrder: post /v1/workflows/fulfil-order/{workflowId}/reset [orders:operate]",
      "describeAudit: get /v1/workflows/audit/{workflowId} [audit:read]",
      "getAuditResult: get /v1/workflows/audit/{workflowId}/result [audit:read]",
      "followAudit: get /v1/workflows/audit/{workflowId}/events [audit:read]",
    ]
  `)
})

test("schemas are the contract's own", () => {
  expect(document['components'].schemas.FulfilOrderInput).toMatchInlineSnapshot(`
    {
      "properties": {
        "lines": {
          "items": {
            "properties": {
              "quantity": {
                "default": 1,
                "maximum": 9007199254740991,
                "minimum": 1,
                "type": "integer",
              },
              "sku": {
                "type": "string",
              },
            },
            "required": [
              "sku",
            ],
            "type": "object",
          },
          "minItems": 1,
          "type": "array",
        },
        "orderId": {
          "minLength": 1,
          "type": "string",
        },
      },
      "required": [
        "orderId",
        "lines",
      ],
      "type": "object",
    }
  `)
  expect(document['components'].schemas.FulfilOrderOutput).toMatchObject({ properties: { trackingNumber: { type: 'string' } }, required: ['trackingNumber'] })
  const start = document['paths']['/v1/workflows/fulfil-order'].post
  expect(start.requestBody).toEqual({ required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/FulfilOrderInput' } } } })
})

test('a declared error is in the responses, with its data', () => {
  const { responses } = document['paths']['/v1/workflows/fulfil-order/{workflowId}/result'].get
  expect(responses['402']).toEqual({
    description: 'The card was declined',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/FulfilOrderCardDeclinedProblem' } } },
  })
  expect(responses['422'].content['application/problem+json'].schema.anyOf).toEqual([
    { $ref: '#/components/schemas/FulfilOrderOutOfStockProblem' },
    { $ref: '#/components/schemas/Problem' },
  ])
})

test('what nobody may do is not in it', () => {
  expect(JSON.stringify(document)).not.toContain('terminateFulfilOrder')
  expect(JSON.stringify(document)).not.toContain('startAudit')
})

test('every operation has an id of its own, a summary, and a response for a missing and for a wrong token', () => {
  const all = operations()
  expect(new Set(all.map(({ operation }) => operation['operationId'])).size).toBe(all.length)
  for (const { operation } of all) {
    expect(operation['summary'], operation['operationId']).toBeTruthy()
    expect(Object.keys(operation['responses'])).toEqual(expect.arrayContaining(['401', '403', '408', '429', '431', '500', '503']))
  }
})

test('a reason need not be given', () => {
  expect(document['paths']['/v1/workflows/fulfil-order/{workflowId}/cancel'].post.requestBody.required).toBe(false)
})

test('problems are as the document says', async () => {
  const ajv = new Ajv2020({ strict: false })
  ajv.addSchema({ $id: 'https://api.example/document', ...document })
  const isProblem = ajv.getSchema('https://api.example/document#/components/schemas/Problem')
  const answers = [
    await api.app.inject({ url: '/nowhere' }),
    await api.as('orders:write', { method: 'POST', url: '/v1/workflows/fulfil-order', payload: { lines: 1 } }),
  ]
  for (const answer of answers) expect(isProblem?.(answer.json()), answer.body).toBe(true)
})

test('the page has all that it needs, and a policy that lets nothing else in', async () => {
  const page = await api.app.inject({ url: '/docs/' })
  expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
  expect(page.headers['content-security-policy']).not.toContain('unsafe')
  expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/)
  const assets = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => new URL(url as string, 'http://x/docs/'))
  expect(assets.length).toBeGreaterThan(3)
  for (const { host, pathname } of assets) {
    expect(host).toBe('x')
    expect((await api.app.inject({ url: pathname })).statusCode, pathname).toBe(200)
  }
})
