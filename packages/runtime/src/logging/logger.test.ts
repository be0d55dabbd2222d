import { execFileSync } from 'node:child_process'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { LOG_LEVELS } from './levels.ts'
import { createLogger } from './logger.ts'

const index = new URL('../../dist/index.js', import.meta.url).href

function log(env: NodeJS.ProcessEnv, statement: string): Record<string, unknown>[] {
  const script = `import { createLogger, flatLogger } from '${index}'; const logger = createLogger('orders'); ${statement}`
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8', env: { ...process.env, ...env } })
  return output
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('hides secrets, keeps errors with their stack and cause', () => {
  const [line] = log(
    {},
    `logger.info({ token: 's1', a: { password: 's2', headers: { authorization: 's3' } }, err: new Error('x', { cause: new Error('y') }) }, 'hello')`,
  )
  expect(line).toMatchObject({
    level: 'info',
    name: 'orders',
    msg: 'hello',
    token: '[redacted]',
    a: { password: '[redacted]', headers: { authorization: '[redacted]' } },
  })
  expect((line?.['err'] as { stack: string }).stack).toMatch(/Error: x[\s\S]*caused by: Error: y/)
  expect(JSON.stringify(line)).not.toMatch(/s[123]/)
})

test('hides secrets in lines of texts and numbers', () => {
  const [line] = log({}, `flatLogger(logger.child({ part: 'x' })).info({ token: 's1', status: 200 }, 'request')`)
  expect(line).toMatchObject({ name: 'orders', part: 'x', token: '[redacted]', status: 200, msg: 'request' })
})

test('writes from LOG_LEVEL up, even when the process exits at once', () => {
  expect(log({ LOG_LEVEL: 'warn' }, `logger.info('no'); logger.warn('yes'); process.exit()`)).toMatchObject([{ msg: 'yes' }])
})

test('says which levels there are', () => {
  expect(() => createLogger('x', 'loud')).toThrow('LOG_LEVEL is "loud"; write one of trace, debug, info, warn, error, fatal, silent')
})

test('a wrong LOG_LEVEL does not keep a process from saying so', () => {
  expect(log({ LOG_LEVEL: 'loud' }, `logger.debug('no'); logger.fatal('LOG_LEVEL is wrong')`)).toMatchObject([{ msg: 'LOG_LEVEL is wrong' }])
})

test('our levels are those of the library', () => {
  expect(LOG_LEVELS).toEqual([...Object.keys(pino.levels.values), 'silent'])
})
