import { SundialError } from '@sundial/platform/errors'
import { javaVersions, type ProgramRequest, type Step } from './program.ts'

/** Why one way to have a program was not used. Any other error is a bug or an abort, and goes up as it is. */
export class StepError extends Error {
  override readonly name = 'StepError'
  readonly step: Step
  constructor(step: Step, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.step = step
  }
}

/** A program could be had in no way. */
export interface MissingProgram {
  readonly request: ProgramRequest
  readonly attempts: readonly StepError[]
}

const STEP_NAMES: Readonly<Record<Step, string>> = { explicit: 'explicit path', cache: 'cache', release: 'release archive', go: 'go install', maven: 'Maven' }

/** Some programs could be had in no way: for each, every way with why it was not used. */
export class ProgramError extends SundialError {
  readonly missing: readonly MissingProgram[]
  constructor(missing: readonly MissingProgram[]) {
    super('SUN_PROGRAM_MISSING', missing.map(describe).join('\n\n'), {
      hint: missing.map(({ request }) => whatToDo(request)).join('\n'),
      cause: missing[0]?.attempts.at(-1),
    })
    this.missing = missing
  }
}

function describe({ request, attempts }: MissingProgram): string {
  const lines = attempts.map(({ step, message }) => `  ${STEP_NAMES[step]}: ${message.replaceAll('\n', '\n    ')}`)
  return [`${request.name} ${request.version} could not be had:`, ...lines].join('\n')
}

/** The ways that are open to a person. */
export function whatToDo(request: ProgramRequest): string {
  const ways = []
  if (request.go) ways.push(`install Go ${request.go.minimumVersion} or newer`)
  if (request.maven) ways.push(`install Maven and ${javaVersions(request.maven.java)}`)
  if (request.release) ways.push(`give this machine access to ${new URL(request.release.archiveUrl).host}`)
  ways.push(`set ${variableOf(request.name)} to a folder that holds ${request.commands.join(' and ')}`)
  const last = ways.pop()
  return `For ${request.name}: ${ways.length > 0 ? `${ways.join(', or ')}, or ` : ''}${last}.`
}

/** The variable that names a program's folder, such as SUNDIAL_PROGRAM_TEMPORAL_UI. */
export function variableOf(program: string): string {
  return `SUNDIAL_PROGRAM_${program.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`
}
