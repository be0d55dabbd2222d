import { readJobOptions } from './job-options.ts'
import { runJob } from './run-job.ts'
import { setUpDatabases } from './set-up-databases.ts'
import { setupOptions } from './setup-options.ts'

await runJob(async (signal) => {
  const changes = await setUpDatabases(await readJobOptions(process.argv[2], setupOptions), signal)
  console.log(changes.length > 0 ? changes.join('\n') : 'nothing to change')
})
