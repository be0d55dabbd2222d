// Prints docs/reference/errors.md from the table of errors: `node tools/error-reference.js > docs/reference/errors.md`.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './bootstrap.js'

/** @param {Readonly<Record<string, { exitCode: number, meaning: string }>>} errors by code */
export function errorReference(errors) {
  const sections = Object.entries(errors).map(([code, { exitCode, meaning }]) => `## ${code}\n\n${meaning}\n\nExit code ${exitCode}.`)
  const introduction = [
    'Errors that you can do something about have a code, a message that says what was found, and a hint that says what to do. Commands end with exit',
    'code 0 when they are done, 1 when the answer is no, and 2 when they could not run. An error without a code is a mistake of ours; it shows its stack.',
  ]
  return `${['# Errors', introduction.join('\n'), ...sections].join('\n\n')}\n`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { ERRORS } = await import(pathToFileURL(join(root, 'packages/platform/dist/index.js')).href)
  process.stdout.write(errorReference(ERRORS))
}
