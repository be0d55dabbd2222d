/**
 * A vitest reporter that sends what `npm test` counts to the process that started vitest. Vitest's own JSON report knows neither why a test was
 * skipped nor the errors outside of tests.
 */
// oxlint-disable-next-line import/no-default-export -- vitest loads a reporter by its default export
export default class ResultsReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<{ message: string }>} unhandled
   */
  async onTestRunEnd(modules, unhandled) {
    /** @type {import('./summary.js').Results} */
    const results = { passed: 0, failures: unhandled.map((error) => `unhandled error: ${error.message}`), flaky: [], skipped: [] }
    for (const module of modules) {
      for (const part of [module, ...module.children.allSuites()]) {
        const name = part.type === 'module' ? module.relativeModuleId : `${module.relativeModuleId} > ${part.fullName}`
        if (part.errors().length > 0) results.failures.push(`${name}: failed outside of its tests`)
      }
      for (const test of module.children.allTests()) count(test, results)
    }
    if (process.send) await new Promise((resolve) => process.send?.(results, resolve))
  }
}

/** @param {import('vitest/node').TestCase} test @param {import('./summary.js').Results} results */
function count(test, results) {
  const result = test.result()
  const name = `${test.module.relativeModuleId} > ${test.fullName}`
  if (result.state === 'passed') {
    results.passed++
    if (test.diagnostic()?.flaky) results.flaky.push({ name, error: result.errors?.[0]?.message ?? 'without an error' })
  } else if (result.state === 'failed') results.failures.push(name)
  else results.skipped.push({ name, reason: reasonOf(test, result) })
}

/** @param {import('vitest/node').TestCase} test @param {import('vitest/node').TestResult} result */
function reasonOf(test, result) {
  if (result.state === 'pending') return 'not reached: the run stopped before it'
  if (result.state === 'skipped' && result.note) return result.note
  if (test.options.mode === 'todo') return 'to be written'
  for (let part = test.parent; part.type !== 'module'; part = part.parent) if (part.errors().length > 0) return 'its suite failed before it'
  return 'not selected, or skipped without a reason'
}
