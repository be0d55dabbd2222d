import { definePlatform } from '@sundial/platform'
import { orders } from 'orders/contract'

export default definePlatform({
  name: 'sundial',

  // Versions of the programs. Left out, each is the newest that Sundial knows: `./sundial toolchain` shows them.
  versions: { temporal: '1.32.1', temporalUi: '2.55.0', postgresql: '15' },

  // Enough for two copies of each server process: their pools open up to 300.
  postgresql: { maxConnections: 350 },

  temporal: {
    // Fixed for ever at the first start of a cluster. 512 carries a busy production cluster on PostgreSQL.
    historyShards: 512,
    logLevel: 'info',
  },

  // Where it stands in a cluster. A laptop has no use for it.
  kubernetes: {
    domain: 'sundial.example.com',
    // What `kubectl get endpointslices kubernetes` shows.
    network: { apiServer: ['10.0.0.4/32', '10.0.0.5/32', '10.0.0.6/32'] },
    repository: { url: 'https://gitlab.example.com/platform/sundial.git' },
    entry: { email: 'platform@example.com' },
  },

  applications: {
    orders: {
      contract: orders,
      image: 'registry.example.com/orders:0.1.0',
      retentionDays: 7,
      // Temporal stores nothing in clear, and the Web UI shows payloads to those who may read them.
      encryption: true,
      database: { migrate: './apps/orders/dist/migrate.js' },
      worker: { module: './apps/orders/dist/worker.js' },
      api: { module: './apps/orders/dist/api.js' },
      clients: {
        shop: { scopes: ['orders:read', 'orders:write', 'orders:approve'] },
      },
    },
  },

  environments: {
    development: {
      kubernetes: { domain: 'development.sundial.example.com' },
      // A laptop has one process of each kind: few shards start faster and cost less.
      // The balancer on a laptop notices within 2 s that a frontend stops, and nothing is rolled there.
      temporal: { historyShards: 8, logLevel: 'warn', handover: { noticeSeconds: 3, alignSeconds: 1 } },
      identity: {
        users: {
          developer: { email: 'developer@example.com', permissions: ['temporal-system:admin'] },
          auditor: { email: 'auditor@example.com', permissions: ['temporal-system:read'] },
        },
      },
      applications: {
        orders: {
          // Large orders wait this long for a person. Tests make it short.
          worker: { env: { APPROVAL_DEADLINE: process.env['ORDERS_APPROVAL_DEADLINE'] ?? '24h' } },
          // Stands in for the provider of card payments: the card's number decides what happens.
          services: {
            payment: { module: './apps/orders/dist/payment-sandbox/main.js', keepsFiles: true },
          },
          demo: { module: './apps/orders/dist/demo.js', client: 'shop' },
        },
      },
    },
    staging: {
      kubernetes: { domain: 'staging.sundial.example.com', backups: { destination: 's3://sundial-staging/postgresql' } },
      // Lists and searches are kept from the database that workflows wait for.
      temporal: { visibility: 'elasticsearch' },
      elasticsearch: { heapMebibytes: 1024 },
      applications: { orders: { services: { payment: { url: 'https://sandbox.payments.example.com' } } } },
    },
    production: {
      kubernetes: { backups: { destination: 's3://sundial-production/postgresql' } },
      // Three copies of each server process open more connections than one; so do those that load adds.
      postgresql: { maxConnections: 800 },
      temporal: { visibility: 'elasticsearch', replicas: 3, maxReplicas: { frontend: 6, matching: 6 } },
      elasticsearch: { heapMebibytes: 1024 },
      applications: {
        orders: {
          services: { payment: { url: 'https://payments.example.com' } },
          worker: { replicas: 3, maxReplicas: 10 },
          api: { replicas: 2, maxReplicas: 6 },
        },
      },
    },
  },
})
