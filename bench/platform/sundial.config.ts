import { definePlatform } from '@sundial/platform'
import { bench } from 'bench-platform/contract'

/** The product's defaults, and for development what the repository's own sundial.config.ts says of it. */
export default definePlatform({
  name: 'bench',
  applications: {
    bench: {
      contract: bench,
      worker: { module: './dist/worker.js' },
      // Only where the API is what is measured: else it would be one process more than others have.
      ...(process.env['BENCH_API'] && {
        api: { module: './dist/api.js', env: { API_RATE_LIMIT: '600000' } },
        clients: { driver: { scopes: ['bench:write'] } },
      }),
    },
  },
  environments: {
    development: { temporal: { historyShards: 8, logLevel: 'warn' } },
  },
})
