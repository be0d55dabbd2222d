/** What a command ends with: 0 done, 1 the answer is no, 2 could not run. */
export type ExitCode = 1 | 2

interface ErrorKind {
  readonly exitCode: ExitCode
  /** What the code means, for the reference. */
  readonly meaning: string
}

/** Every error that a user can do something about. `docs/reference/errors.md` is generated from this table. */
export const ERRORS = {
  SUN_CONFIG_NOT_FOUND: { exitCode: 2, meaning: 'There is no sundial.config.ts or sundial.config.yaml in this folder or above it.' },
  SUN_CONFIG_AMBIGUOUS: { exitCode: 2, meaning: 'A folder has both sundial.config.ts and sundial.config.yaml.' },
  SUN_CONFIG_UNREADABLE: {
    exitCode: 2,
    meaning: 'The configuration could not be loaded: it has a syntax error, an import that fails or does not finish, or no platform as its default export.',
  },
  SUN_CONFIG_INVALID: { exitCode: 1, meaning: 'The configuration was read and is wrong. Every problem is listed with its path.' },
  SUN_PLAN_INVALID: { exitCode: 1, meaning: 'The parts of the platform do not fit together, such as a call to a port that nobody offers.' },
  SUN_PROGRAM_MISSING: { exitCode: 2, meaning: 'A program that the platform runs could not be had in any way. Each way is listed with why it failed.' },
  SUN_STATE_UNUSABLE: { exitCode: 2, meaning: 'The state folder cannot be written, or is of another kind or version.' },
  SUN_SECRET_MISSING: { exitCode: 1, meaning: 'A secret that you must supply is not in its file. Every file that is missing is listed.' },
  SUN_ALREADY_RUNNING: { exitCode: 1, meaning: 'The platform of this folder and environment runs already.' },
  SUN_NOT_RUNNING: { exitCode: 1, meaning: 'The platform of this folder and environment does not run.' },
  SUN_START_FAILED: {
    exitCode: 2,
    meaning: 'The platform could not be started: a port is taken, this user may not run a program, or a process failed. The last lines of its log are shown.',
  },
  SUN_RESTART_FAILED: { exitCode: 1, meaning: 'A process that was to restart did not come up again. The last lines of its log are shown.' },
  SUN_UNKNOWN_NAME: { exitCode: 2, meaning: 'A name given to a command is not one of the platform’s.' },
  SUN_USAGE: { exitCode: 2, meaning: 'Options of a command do not fit together, or have a value that is not allowed.' },
  SUN_CONTRACT_UNREADABLE: { exitCode: 2, meaning: 'A contract manifest is not there, is not JSON, or is no manifest that ./sundial contract build wrote.' },
  SUN_CONTRACT_NOT_BUILT: {
    exitCode: 1,
    meaning: 'What a contract is built into could not be made: its workflows are not where they are looked for, or cannot be bundled.',
  },
  SUN_HISTORY_UNREADABLE: { exitCode: 2, meaning: 'A recorded history is not there, or is not in the JSON of Temporal’s tools.' },
  SUN_IMAGE_UNLOCKED: {
    exitCode: 1,
    meaning: 'Production would pull images by tags, which may be moved to other content. Lock their digests with `./sundial images lock`.',
  },
  SUN_IMAGE_UNRESOLVED: { exitCode: 2, meaning: 'A registry did not say which content an image has. Every such image is listed with what was answered.' },
  SUN_MANIFEST_UNREADABLE: { exitCode: 2, meaning: 'A file of Kubernetes objects is not there, has none, or is no YAML or JSON.' },
  SUN_KUBECTL_FAILED: { exitCode: 2, meaning: 'kubectl is missing, reaches no cluster, or the cluster refused what it was asked. What it said is shown.' },
  SUN_CLUSTER_UNREACHABLE: {
    exitCode: 2,
    meaning: 'The Kubernetes cluster cannot be reached: there is no kubectl, it knows no such cluster, or the API server does not answer.',
  },
  SUN_CLUSTER_UNSUITABLE: {
    exitCode: 1,
    meaning: 'The Kubernetes cluster is not what the platform needs: it is too old or too small, or operators are missing.',
  },
  SUN_DEPLOY_REFUSED: { exitCode: 1, meaning: 'A deployment would do something that cannot be undone, and it was not said that this is wanted.' },
  SUN_DEPLOY_FAILED: { exitCode: 1, meaning: 'The API server refused an object, or what was deployed did not become ready. Each is listed with why.' },
  SUN_DEMO_FAILED: { exitCode: 1, meaning: 'The platform runs, and the demonstration of an application failed.' },
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof ERRORS

/** An error that a user can fix: what happened, and what to do. Anything else is a bug and keeps its stack. */
export class SundialError extends Error {
  override readonly name = 'SundialError'
  readonly code: ErrorCode
  readonly hint: string
  constructor(code: ErrorCode, message: string, options: { readonly hint: string; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.hint = options.hint
  }
  get exitCode(): ExitCode {
    return ERRORS[this.code].exitCode
  }
}
