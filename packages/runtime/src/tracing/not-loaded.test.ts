import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

// What is loaded of OpenTelemetry, as its packages are CommonJS.
const LIST = `console.log(JSON.stringify(Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('@opentelemetry'))))`
const index = new URL('../../dist/index.js', import.meta.url).href

function loaded(statement: string): string[] {
  const script = `import { createRequire } from 'node:module'; import { createLogger, startTracing } from '${index}'; ${statement}; ${LIST}`
  const packages = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })) as string[]
  return [...new Set(packages.map((path) => /@opentelemetry\/([^/]+)/.exec(path)?.[1] ?? ''))].toSorted()
}

test('nothing of OpenTelemetry is loaded before tracing is started', () => {
  expect(loaded('')).toEqual([])
  expect(loaded(`await startTracing({ service: 'test', logger: createLogger('test') })`)).toContain('sdk-trace')
})
