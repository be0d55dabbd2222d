import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SundialError } from '@sundial/platform'
import { renderPage } from '../page/page.ts'
import { markdownTable } from './markdown.ts'
import { resultFile, type ResultFile } from './schema.ts'

const FOLDER = fileURLToPath(new URL('../../results', import.meta.url))

/** Writes the results of a run, with their page. @returns the paths of what was written, as the user sees them */
export async function saveResults(results: ResultFile, folder = FOLDER): Promise<string[]> {
  const checked = resultFile.parse(results)
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${results.bench}-${results.startedAt.slice(0, 10)}${results.quick ? '-quick' : ''}.json`)
  await writeFile(path, `${JSON.stringify(checked, undefined, 1)}\n`)
  return [relative(process.cwd(), path), ...(await writeViews(path, checked))]
}

/** Writes the page and the table of a file of results beside it. @returns their paths */
export async function renderResults(path: string): Promise<string[]> {
  return writeViews(path, await readResults(path))
}

/** @throws SundialError if it is not a file of results */
export async function readResults(path: string): Promise<ResultFile> {
  const refuse = (why: string) =>
    new SundialError('SUN_USAGE', `${path} ${why}`, { hint: 'Name a file of bench/results, such as bench/results/startup-2026-11-24.json.' })
  const text = await readFile(path, 'utf8').catch(() => Promise.reject(refuse('cannot be read')))
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refuse('is not JSON')
  }
  const parsed = resultFile.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw refuse(`is not a file of results: ${issue?.path.join('.') || 'it'}: ${issue?.message}`)
}

async function writeViews(path: string, results: ResultFile): Promise<string[]> {
  const beside = (extension: string) => path.replace(/(\.json)?$/, extension)
  await writeFile(beside('.html'), renderPage(results))
  await writeFile(beside('.md'), markdownTable(results, results.inTable))
  return [beside('.html'), beside('.md')].map((each) => relative(process.cwd(), each))
}
