import type { ProgramProgress, ProgramRequest, ResolveOptions, Step } from './program.ts'

/** What the steps for one program share: the options with defaults, and a voice. */
export interface Context {
  readonly request: ProgramRequest
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
  readonly connectTimeoutMs: number
  readonly stallTimeoutMs: number
  report(step: Step, message: string, bytes?: Pick<ProgramProgress, 'doneBytes' | 'totalBytes'>): void
}

export function newContext(request: ProgramRequest, options: ResolveOptions): Context {
  return {
    request,
    env: options.env ?? process.env,
    signal: options.signal ?? new AbortController().signal,
    connectTimeoutMs: options.connectTimeoutMs ?? 15_000,
    stallTimeoutMs: options.stallTimeoutMs ?? 30_000,
    report: (step, message, bytes) => options.onProgress?.({ program: request.name, step, message, ...bytes }),
  }
}
