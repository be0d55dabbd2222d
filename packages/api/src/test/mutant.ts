import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { startTestApi } from './test-api.ts'

/** A place in the built package where one rule is, and what stands there when it is switched off. */
export interface Rule {
  /** Below `dist`. */
  readonly file: string
  readonly text: string
  readonly without: string
}

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))
/** Below a `node_modules`, so that packages are found and the test runner leaves the files as they are. */
const MUTANTS = fileURLToPath(new URL('../../node_modules/.cache/mutants/', import.meta.url))
let made = 0

/** The API with one rule switched off; build first. Rejects when the rule is not where it was said to be. */
export async function mutant({ file, text, without }: Rule): Promise<{ startTestApi: typeof startTestApi; remove(): Promise<void> }> {
  const folder = join(MUTANTS, `${process.pid}-${++made}`)
  await cp(DIST, folder, { recursive: true, filter: (path) => !path.endsWith('.map') && !path.endsWith('.d.ts') && !path.includes('.test.') })
  const path = join(folder, file)
  const code = await readFile(path, 'utf8')
  if (code.split(text).length !== 2) throw new Error(`the rule is not once in dist/${file}: ${text}`)
  await writeFile(
    path,
    code.replace(text, () => without),
  )
  const module = (await import(pathToFileURL(join(folder, 'test/test-api.js')).href)) as { startTestApi: typeof startTestApi }
  return { startTestApi: module.startTestApi, remove: () => rm(folder, { recursive: true }) }
}
