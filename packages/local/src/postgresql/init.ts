import { initialise } from './initialise.ts'
import { initOptions } from './init-options.ts'
import { readJobOptions } from './job-options.ts'
import { runJob } from './run-job.ts'

await runJob(async (signal) => initialise(await readJobOptions(process.argv[2], initOptions), signal))
