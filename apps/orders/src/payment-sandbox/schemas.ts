/** JSON Schemas of the sandbox's requests. */
export const KEY_HEADERS = {
  type: 'object',
  required: ['idempotency-key'],
  properties: { 'idempotency-key': { type: 'string', minLength: 1, maxLength: 255 } },
} as const

export const CHARGE_BODY = {
  type: 'object',
  required: ['reference', 'amount', 'currency', 'card_number'],
  properties: {
    reference: { type: 'string', minLength: 1, maxLength: 100 },
    amount: { type: 'integer', minimum: 1 },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    card_number: { type: 'string', pattern: '^[0-9]{12,19}$' },
  },
} as const

export const REVERSAL_BODY = {
  type: 'object',
  required: ['idempotency_key'],
  properties: { idempotency_key: { type: 'string', minLength: 1, maxLength: 255 } },
} as const
