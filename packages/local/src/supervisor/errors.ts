import { readableLines } from './readable-lines.ts'

/** What is wrong with one process, and where to read more. */
export interface ProcessProblem {
  readonly process: string
  readonly reason: string
  readonly logFile: string
  /** The last lines of its log, if it wrote any in this run. */
  readonly lastLines: readonly string[]
}

/** The platform did not start. Names every process that is to blame. What runs still runs: stop the supervisor. */
export class StartError extends Error {
  override readonly name = 'StartError'
  readonly problems: readonly ProcessProblem[]
  constructor(problems: readonly ProcessProblem[]) {
    super(`the platform did not start:\n${problems.map(describeProblem).join('\n')}`)
    this.problems = problems
  }
}

/** A process that was to restart did not come up again. It is tried again, as after any death. */
export class RestartError extends Error {
  override readonly name = 'RestartError'
  readonly problem: ProcessProblem
  constructor(problem: ProcessProblem) {
    super(`it did not come up again:\n${describeProblem(problem)}`)
    this.problem = problem
  }
}

/** Starting or waiting was cut short by a stop. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError'
  constructor() {
    super('the platform is being stopped')
  }
}

function describeProblem({ process, reason, logFile, lastLines }: ProcessProblem): string {
  const lines =
    lastLines.length === 0
      ? ''
      : `\n    last lines of ${logFile}:${lastLines
          .flatMap(readableLines)
          .map((line) => `\n      ${line}`)
          .join('')}`
  return `  - ${process}: ${reason}${lines}`
}
