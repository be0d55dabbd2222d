import type { JsonSchema } from '@sundial/contract'

/** RFC 9457, with our members. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'requestId', 'retryable'],
  properties: {
    type: { type: 'string', description: 'Says which problem it is: urn:sundial:problem: and a word.' },
    title: { type: 'string', description: 'The same for every occurrence of the problem.' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'About this occurrence.' },
    instance: { type: 'string', description: 'The path of the request.' },
    requestId: { type: 'string', description: 'Finds the request in the logs.' },
    traceId: { type: 'string', description: 'Finds the trace of the request, when requests are traced.' },
    retryable: { type: 'boolean', description: 'Whether the same request may succeed later.' },
    workflowId: { type: 'string' },
    runId: { type: 'string' },
    workflowStatus: { type: 'string', description: 'What became of the workflow.' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['detail'],
        properties: {
          pointer: { type: 'string', description: 'Where in the body: a JSON pointer as a fragment.' },
          parameter: { type: 'string', description: 'Which parameter of path, query or header.' },
          detail: { type: 'string' },
        },
      },
    },
    error: { type: 'object', required: ['name'], description: 'An error that the contract declares.', properties: { name: { type: 'string' }, data: {} } },
  },
} as const satisfies JsonSchema
