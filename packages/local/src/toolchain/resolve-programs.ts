import { join } from 'node:path'
import { waitForLock } from '../state/lock.ts'
import { isSystemError } from '../state/private-files.ts'
import { commandPath, programFolder } from './cache-folder.ts'
import { newContext, type Context } from './context.ts'
import { ProgramError, StepError, variableOf, type MissingProgram } from './errors.ts'
import { fromExplicitPath } from './explicit.ts'
import { addFrom, installFrom } from './install.ts'
import { checkJava } from './java.ts'
import { folderProblem, installedFrom } from './manifest.ts'
import { SOURCES, type ProgramRequest, type ResolvedProgram, type ResolveOptions, type Step } from './program.ts'

/**
 * Has every program on this machine: from the path that a variable names, else from the cache, else from a release archive
 * with its checksum, else by `go install` or from a Maven repository. One after the other, since each can use all of a network or all processors.
 * @returns the programs by name
 * @throws ProgramError when some could not be had in any way, after all were tried
 */
export async function resolvePrograms(requests: readonly ProgramRequest[], options: ResolveOptions = {}): Promise<ReadonlyMap<string, ResolvedProgram>> {
  const programs = new Map<string, ResolvedProgram>()
  const missing: MissingProgram[] = []
  for (const request of requests) {
    const attempts: StepError[] = []
    const program = await resolveProgram(newContext(request, options), attempts)
    if (program) programs.set(request.name, program)
    else missing.push({ request, attempts })
  }
  if (missing.length > 0) throw new ProgramError(missing)
  return programs
}

async function resolveProgram(context: Context, attempts: StepError[]): Promise<ResolvedProgram | undefined> {
  const { request, env } = context
  try {
    const explicit = await fromExplicitPath(context)
    if (explicit) return explicit
    attempts.push(new StepError('explicit', `${variableOf(request.name)} is not set`))
  } catch (error) {
    attempts.push(asStepError(error))
    return undefined
  }
  const folder = programFolder(request, env)
  try {
    if ((await folderProblem(folder, request)) === undefined) return await installed('cache', context, folder)
    return await fetchOnce(context, folder, attempts)
  } catch (error) {
    attempts.push(asStepError(error))
    return undefined
  }
}

async function fetchOnce(context: Context, folder: string, attempts: StepError[]): Promise<ResolvedProgram | undefined> {
  const onWait = ({ pid }: { pid: number }) => context.report('cache', `process ${pid} is fetching it; waiting`)
  const lock = await waitForLock(`${folder}.lock`, { onWait, signal: context.signal })
  try {
    return await resolveLocked(context, folder, attempts)
  } finally {
    await lock.release()
  }
}

async function resolveLocked(context: Context, folder: string, attempts: StepError[]): Promise<ResolvedProgram | undefined> {
  const { request } = context
  // Whoever had the lock before may have fetched it.
  const problem = await folderProblem(folder, request)
  if (problem === undefined) return await installed('cache', context, folder)
  attempts.push(new StepError('cache', `${folder} ${problem.message}`))
  context.report('cache', `${folder} ${problem.message}`)
  const canAdd = problem.lacks !== undefined && request.binFolder === undefined
  for (const source of SOURCES.filter((candidate) => request[candidate] !== undefined)) {
    try {
      if (canAdd) await addFrom(source, { ...context, request: { ...request, commands: problem.lacks } }, folder)
      else await installFrom(source, context, folder)
      context.report(source, `installed in ${folder}`)
      return await installed(source, context, folder)
    } catch (error) {
      const attempt = asStepError(error)
      attempts.push(attempt)
      context.report(source, `not used: ${attempt.message}`)
    }
  }
  return undefined
}

/** What came from Maven needs the machine's Java, which may have gone since. */
async function installed(from: Step, context: Context, folder: string): Promise<ResolvedProgram> {
  const { request } = context
  const { name, version, commands, maven } = request
  if (maven && (await installedFrom(folder)) === 'maven') await checkJava(context, maven.java)
  return { name, version, from, commands: Object.fromEntries(commands.map((command) => [command, join(folder, commandPath(request, command))])) }
}

function asStepError(error: unknown): StepError {
  if (error instanceof StepError) return error
  if (isSystemError(error, 'EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR')) return new StepError('cache', `the cache cannot be used: ${error.message}`, error)
  throw error
}
