#!/usr/bin/env node
import { fileURLToPath } from 'node:url'

// `sundial-run <module> [arguments]`: runs a module of an installed package by its name, as `node <its file> [arguments]` would. Images start the
// platform's own jobs and services by it, since only an image knows where its packages are. It is one process: signals and exit codes are the module's.
const USAGE = 2
const [specifier, ...args] = process.argv.slice(2)
const url = specifier === undefined ? undefined : resolved(specifier)
if (url === undefined) {
  console.error(specifier === undefined ? 'usage: sundial-run <module> [arguments]' : `sundial-run: no package here has the module "${specifier}"`)
  process.exitCode = USAGE
} else {
  process.argv = [process.argv0, fileURLToPath(url), ...args]
  await import(url)
}

/** A file that is not there is found out when it is loaded; then it is the package that is broken. */
function resolved(name: string): string | undefined {
  try {
    return import.meta.resolve(name)
  } catch {
    return undefined
  }
}
