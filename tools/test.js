// `npm test`: everything, or what the arguments select, as vitest understands them: `npm test -- --project unit packages/api`.
import { bootstrap, root } from './bootstrap.js'
import { runVitest } from './test/run-vitest.js'
import { summaryLines, withRunFailure } from './test/summary.js'

// A terminal's Ctrl-C goes to vitest as well; we wait for it, and then say what was counted.
process.on('SIGINT', () => {})

await bootstrap()
const { results, exit } = await runVitest(root, process.argv.slice(2))
const counted = withRunFailure(results, exit)
console.log(['', ...counted.failures.map((failure) => `failed: ${failure}`), ...summaryLines(counted)].join('\n'))
process.exitCode = counted.failures.length === 0 ? 0 : 1
