import { join } from 'node:path'
import { SundialError } from '@sundial/platform'
import { test } from 'vitest'
import { programLine } from '../progress.ts'
import { bugView, errorView } from './error-view.ts'
import { changesView } from './changes.ts'
import { externalView } from './external.ts'
import { eventLine, statusLine } from './live-view.ts'
import { logPrefix } from './log-lines.ts'
import { NOW, planOf, STATUS } from './platform.fixture.ts'
import { planView } from './plan-view.ts'
import { expectSheet } from './sheet.fixture.ts'
import { againLines, startLine, upLine } from './start-view.ts'
import { statusView } from './status-view.ts'
import { summary } from './summary.ts'
import { toolchainView } from './toolchain-view.ts'

const STATE_FOLDER = join(process.cwd(), '.sundial/development')

test.each(Object.entries(STATUS))('status: %s', async (name, status) => {
  await expectSheet(`status-${name}`, (terminal) => statusView(status, NOW, terminal))
})

test('the summary says where everything is', async () => {
  await expectSheet('summary', (terminal) => summary(STATUS.ready.processes, { plan: planOf('development'), stateFolder: STATE_FOLDER }, terminal))
})

test('plan', async () => {
  await expectSheet('plan-development', (terminal) => planView(planOf('development'), terminal))
  const files = [
    { path: '/srv/shop-of-ada/.sundial/production/secrets/temporal-database/password', about: 'password of the role temporal', isThere: false },
    { path: '/srv/shop-of-ada/.sundial/production/secrets/shop-database/password', about: 'password of the role shop', isThere: true },
  ]
  await expectSheet('plan-production', (terminal) =>
    [planView(planOf('production'), terminal), ...externalView(planOf('production'), files, terminal)].join('\n\n'),
  )
})

test('a configuration that changed since the start', async () => {
  const changes = [
    { path: 'applications.shop.worker.replicas', running: '1', configured: '12' },
    {
      path: 'applications.shop.services.recommendations-of-the-week.env.PREFERRED_SUPPLIER',
      running: undefined,
      configured: 'the nearest with a short delivery',
    },
    ...Array.from({ length: 6 }, (_, index) => ({ path: `versions.other${index}`, running: '1', configured: undefined })),
  ]
  await expectSheet('changes', (terminal) => changesView(changes, { environment: 'production', features: [] }, terminal))
})

test('toolchain', async () => {
  const programs = [
    { name: 'postgresql', version: '15.18', from: 'machine', commands: { postgres: '/usr/lib/postgresql/15/bin/postgres' } },
    {
      name: 'temporal',
      version: '1.32.1',
      from: 'cache',
      commands: {
        'temporal-server': '/srv/ada/.cache/sundial/temporal/1.32.1/linux-amd64/temporal-server',
        'temporal-sql-tool': '/srv/ada/.cache/sundial/temporal/1.32.1/linux-amd64/temporal-sql-tool',
      },
    },
    { name: 'temporal-ui', version: '2.55.0', from: 'explicit', commands: { 'ui-server': '/opt/temporal/ui-server' } },
  ] as const
  await expectSheet('toolchain', (terminal) => toolchainView(programs, terminal))
})

test('a start, as it goes on', async () => {
  const { processes } = STATUS.starting
  const restarting = { name: 'temporal-history', problem: 'ended with code 1' }
  const words = [
    '{"level":"fatal","msg":"Unable to load TLS certificate","error":"open /srv/shop-of-ada/.sundial/development/certificates/x.crt: no such file"}',
  ]
  await expectSheet('start', (terminal) =>
    [
      programLine(
        { program: 'temporal', step: 'release', message: 'downloading temporal_1.32.1_linux_amd64.tar.gz', doneBytes: 12_345_678, totalBytes: 98_765_432 },
        terminal,
      ),
      programLine(
        { program: 'temporal', step: 'go', message: 'go install go.temporal.io/server/cmd/server@v1.32.1, which takes some minutes the first time' },
        terminal,
      ),
      startLine({ processes: [] }, terminal),
      upLine('postgresql', { processes, milliseconds: 812 }, terminal),
      upLine('shop-recommendations-of-the-week', { processes, milliseconds: 123_456 }, terminal),
      againLines(restarting, words, terminal),
      startLine({ processes }, terminal),
      startLine({ processes: processes.map((process) => ({ ...process, state: 'starting' as const })) }, terminal),
    ].join('\n'),
  )
})

test('a platform that runs: what happens, and a line that stays', async () => {
  await expectSheet('live', (terminal) =>
    [
      eventLine({ name: 'temporal-history', problem: 'was ended by SIGKILL' }, '12:34:56', terminal),
      eventLine({ name: 'shop-worker', problem: STATUS.degraded.processes[3]?.problem ?? '' }, '12:34:57', terminal),
      eventLine({ name: 'temporal-history', downMs: 2345 }, '12:34:58', terminal),
      statusLine(STATUS.ready, 45_000, terminal),
      statusLine(STATUS.degraded, 90_000_000, terminal),
    ].join('\n'),
  )
})

test('logs say whose each line is', async () => {
  await expectSheet('logs', (terminal) => {
    const line = logPrefix(['postgresql', 'temporal-history', 'shop-worker'], terminal)
    return [
      line('postgresql', 'ready'),
      line('temporal-history', 'started'),
      line('shop-worker', ''),
      logPrefix(['postgresql'], terminal)('postgresql', 'ready'),
    ].join('\n')
  })
})

test('an error of the command line', async () => {
  const error = new SundialError('SUN_UNKNOWN_NAME', '"prod" is not an environment; known: development, staging, production', {
    hint: 'did you mean "production"?',
  })
  await expectSheet('error-usage', (terminal) => errorView(error, terminal))
})

test('a bug keeps its stack', async () => {
  const error = Object.assign(new TypeError('x is not a function'), { stack: 'TypeError: x is not a function\n    at f (a.js:1:2)' })
  await expectSheet('error-bug', (terminal) => bugView(error, terminal))
})
