// `npm run check`: everything that can be said about the tree without running it. `npm run check lint format` runs those steps.
import { bootstrap, root } from './bootstrap.js'

await bootstrap({ build: false })
// Some of these need what the bootstrap installs.
const { steps } = await import('./check/steps.js')
const { report, runSteps } = await import('./check/run-steps.js')

const wanted = process.argv.slice(2)
const all = steps(root)
const unknown = wanted.filter((name) => !all.flat().some((step) => step.name === name))
if (unknown.length > 0) {
  const names = all.flat().map(({ name }) => `"${name}"`)
  console.error(`there is no step ${unknown.map((name) => `"${name}"`).join(', ')}; the steps are ${names.join(', ')}`)
  process.exit(2)
}
// Two at a time: the linters use all cores themselves.
const results = await runSteps(
  all.map((stage) => stage.filter(({ name }) => wanted.length === 0 || wanted.includes(name))),
  2,
)
console.log(report(results))
process.exitCode = results.some(({ status }) => status === 'failed') ? 1 : 0
