import { programFolder } from './cache-folder.ts'
import { variableOf } from './errors.ts'
import { discard, folderProblem } from './manifest.ts'
import type { ProgramRequest } from './program.ts'

/**
 * Reads every program of the cache, for when one does not do what it should. What is not as it was installed is fetched again by the next who needs
 * it. @returns what is wrong, one line for each program; the user's own programs are the user's
 */
export async function discardDamaged(requests: readonly ProgramRequest[], env: NodeJS.ProcessEnv = process.env): Promise<readonly string[]> {
  const problems: string[] = []
  for (const request of requests) {
    if (env[variableOf(request.name)]) continue
    const folder = programFolder(request, env)
    const problem = await folderProblem(folder, request, 'content')
    // A command that was not asked for before is added by the start.
    if (problem === undefined || problem.lacks) continue
    await discard(folder)
    problems.push(`${folder} ${problem.message}`)
  }
  return problems
}
