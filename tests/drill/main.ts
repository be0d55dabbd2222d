// `npm run drill`: the long tests.
import { help, readArguments, UsageError } from './arguments.ts'
import { cluster } from './cluster/command.ts'
import { kills } from './kills/command.ts'
import { outage } from './outage/command.ts'
import { rotation } from './rotation/command.ts'
import { schemathesis } from './schemathesis/command.ts'

const DRILLS = [kills, outage, rotation, schemathesis, cluster]

try {
  const asked = readArguments(DRILLS, process.argv.slice(2))
  if (asked === 'help') console.log(help(DRILLS))
  else process.exitCode = (await asked.drill.run(asked.options)) ? 0 : 1
} catch (error) {
  // Everything else keeps its stack.
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
