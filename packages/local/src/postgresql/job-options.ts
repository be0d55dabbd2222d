import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { postgresqlError } from './errors.ts'

/**
 * Reads the options of a job from the JSON file that its command line names.
 * @throws SundialError with every problem of the file
 */
export async function readJobOptions<Options>(path: string | undefined, schema: z.ZodType<Options>): Promise<Options> {
  if (path === undefined) throw postgresqlError('The name of a file with options is missing', 'Call it with the path of a JSON file.')
  const result = schema.safeParse(await readJson(path))
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.') || '(the whole)'}: ${issue.message}`)
  throw postgresqlError(`${path} is not as expected:\n${problems.join('\n')}`, 'Correct what is listed.')
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw postgresqlError(`${path} is not JSON`, 'Correct it, or have it written again.', error)
  }
}
