import { defineContract } from '@sundial/contract'
import { z } from 'zod'
import type { PlatformInput } from '../model/input.ts'

/** A small contract for tests. */
export const shop = defineContract({
  name: 'shop',
  taskQueue: 'shop',
  searchAttributes: { ShopStatus: 'keyword' },
  workflows: { sell: { description: 'Sells', input: z.object({}), output: z.object({}), idempotency: 'once-per-id', access: { start: 'shop:write' } } },
  activities: {},
})

/** A whole platform with one application that uses everything. */
export const input = {
  name: 'test',
  identity: { users: { ada: { email: 'ada@example.com', permissions: ['shop:write'] } } },
  applications: {
    shop: {
      contract: shop,
      database: { migrate: './dist/migrate.js' },
      worker: { module: './dist/worker.js' },
      api: { module: './dist/api.js' },
      services: { bank: { module: './dist/bank.js', keepsFiles: true } },
      clients: { till: { scopes: ['shop:write'] } },
      demo: { module: './dist/demo.js', client: 'till' },
    },
  },
  environments: {
    development: { temporal: { historyShards: 4 } },
    production: { applications: { shop: { services: { bank: { url: 'https://bank.example.com' } }, worker: { replicas: 3 } } } },
  },
} satisfies PlatformInput
