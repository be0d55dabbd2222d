import { StartError } from '@sundial/local'
import { DiagnosticsError, resolvePlatform, SundialError } from '@sundial/platform'
import { expect, test } from 'vitest'
import { errorView } from './error-view.ts'
import { expectSheet } from './sheet.fixture.ts'

const WRONG = {
  name: 'Corner Shop',
  postgresl: {},
  versions: { temporal: '1.99.0' },
  temporal: { historyShards: 0, logLevel: 'warning', replicas: -1 },
  identity: { users: { ada: { email: 'nowhere', permissions: ['shop'] } } },
  environments: { production: { temporal: { historyShards: 'many' } } },
}

test('a configuration with many problems', async () => {
  const error = errorOf(() => resolvePlatform(WRONG, 'development'))
  await expectSheet('error-configuration', (terminal) => errorView(error, terminal))
})

test('a configuration with a problem in a file', async () => {
  const excerpt = "3 |   temporal: {\n4 |     logLevel: 'warning',\n  |               ^"
  const error = new DiagnosticsError('SUN_CONFIG_INVALID', 'The configuration', [
    {
      path: 'temporal.logLevel',
      message: 'is "warning"; allowed: debug, info, warn, error',
      hint: 'did you mean "warn"?',
      location: { file: 'sundial.config.ts', line: 4, column: 15 },
      excerpt,
    },
  ])
  await expectSheet('error-excerpt', (terminal) => errorView(error, terminal))
})

test('a start that failed, with the last lines of a log', async () => {
  const cause = new StartError([
    {
      process: 'temporal-history',
      reason: 'ended with code 1 before it was ready, 5 times',
      logFile: '/srv/shop-of-ada/.sundial/development/logs/temporal-history.log',
      lastLines: [
        '{"level":"info","ts":"2026-02-03T12:34:56.000Z","msg":"Starting server for services","value":{"history":{}}}',
        '{"level":"fatal","ts":"2026-02-03T12:34:56.100Z","msg":"sql schema version compatibility check failed: version mismatch for keyspace/database: \\"temporal\\". Expected version: 1.19 cannot be greater than Actual version: 1.18","logging-call-at":"server.go:93"}',
      ],
    },
    {
      process: 'shop-worker',
      reason: 'waits for temporal-history, which failed',
      logFile: '/srv/shop-of-ada/.sundial/development/logs/shop-worker.log',
      lastLines: [],
    },
  ])
  const error = new SundialError('SUN_START_FAILED', cause.message, { hint: 'The whole logs: ./sundial logs <process>', cause })
  await expectSheet('error-start', (terminal) => errorView(error, terminal))
})

function errorOf(act: () => unknown): SundialError {
  try {
    act()
  } catch (error) {
    if (error instanceof SundialError) return error
  }
  return expect.fail('no error')
}
