import { mkdir, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resultFile, type ResultFile } from './schema.ts'

const FOLDER = fileURLToPath(new URL('../../results', import.meta.url))

/** Writes the results of a run. @returns the paths of what was written, as the user sees them */
export async function saveResults(results: ResultFile): Promise<string[]> {
  const checked = resultFile.parse(results)
  await mkdir(FOLDER, { recursive: true })
  const name = `${results.bench}-${results.startedAt.slice(0, 10)}${results.quick ? '-quick' : ''}`
  const path = join(FOLDER, `${name}.json`)
  await writeFile(path, `${JSON.stringify(checked, undefined, 1)}\n`)
  return [relative(process.cwd(), path)]
}
