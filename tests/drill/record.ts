import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from '../support/command.ts'

const RESULTS = join(ROOT, 'bench/results')

/** Keeps the result of a drill, for programs and for people, and prints it. */
export async function record(drill: string, result: object, markdown: string): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  await writeFile(join(RESULTS, `drill-${drill}.json`), `${JSON.stringify(result, undefined, 1)}\n`)
  await writeFile(join(RESULTS, `drill-${drill}.md`), markdown)
  console.log(markdown)
}
