import { readFile } from 'node:fs/promises'
import { createLogger, type Logger } from '@sundial/runtime'
import type { z } from 'zod'

/** What a system that others run lacks: every problem, each with what to do. */
export class UnusableError extends Error {
  override readonly name = 'UnusableError'
  constructor(system: string, problems: readonly string[]) {
    super(`${system} cannot be used as it is:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
  }
}

/**
 * Runs a check as this process: reads its settings from the JSON file that the command line names. Ends with 0 when all is well, with 1 when the
 * answer is no, and with 2 when it could not find out.
 */
export async function runCheck<Settings>(
  name: string,
  schema: z.ZodType<Settings>,
  check: (settings: Settings, logger: Logger) => Promise<void>,
): Promise<void> {
  const logger = createLogger(name)
  try {
    await check(schema.parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'))), logger)
  } catch (error) {
    if (error instanceof UnusableError) logger.fatal(error.message)
    else logger.fatal({ err: error }, 'the check could not be made')
    process.exitCode = error instanceof UnusableError ? 1 : 2
  }
}
