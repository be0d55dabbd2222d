/**
 * @typedef {import('./steps.js').Outcome} Outcome
 * @typedef {import('./steps.js').Step} Step
 * @typedef {{ name: string, milliseconds: number } & Outcome} Result
 */

/**
 * Runs stages one after the other, and the steps of a stage at once, `limit` of them at a time. A step that throws has failed;
 * the others still run, so that one run shows all there is to mend.
 *
 * @param {readonly (readonly Step[])[]} stages
 * @param {number} limit
 * @returns {Promise<Result[]>} in the order of the steps
 */
export async function runSteps(stages, limit) {
  /** @type {Result[]} */
  const results = []
  for (const stage of stages) {
    const waiting = [...stage.entries()]
    /** @type {Result[]} */
    const ofStage = []
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) ofStage[next[0]] = await runStep(next[1])
    }
    await Promise.all(Array.from({ length: limit }, work))
    results.push(...ofStage)
  }
  return results
}

/** @param {Step} step @returns {Promise<Result>} */
async function runStep({ name, run }) {
  const began = performance.now()
  /** @type {Outcome} */
  const outcome = await run().catch((error) => ({ status: 'failed', output: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
  return { name, milliseconds: performance.now() - began, ...outcome }
}

/**
 * What failed said, and then a table of all steps.
 *
 * @param {readonly Result[]} results
 */
export function report(results) {
  const width = Math.max(...results.map(({ name }) => name.length))
  const said = results.filter(({ status }) => status === 'failed').flatMap(({ name, output }) => [`--- ${name}`, output, ''])
  const table = results.map((result) => {
    const aside = result.status === 'skipped' ? result.reason : result.note
    const time = `${(result.milliseconds / 1000).toFixed(1)} s`
    return `${result.name.padEnd(width)}  ${result.status.padEnd(7)}  ${time.padStart(7)}${aside ? `  ${aside}` : ''}`
  })
  return [...said, ...table].join('\n')
}
