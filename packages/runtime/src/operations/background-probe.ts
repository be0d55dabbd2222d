import type { ReadinessCheck } from './readiness.ts'

export type ProbeState = ReadinessCheck

export interface BackgroundProbeOptions {
  /** What is asked, for messages. */
  readonly name: string
  /** Milliseconds between the end of one check and the start of the next. */
  readonly periodMs: number
  /** The same after a check that succeeded. @default periodMs */
  readonly periodAfterSuccessMs?: number
  /** Milliseconds that one check may take. */
  readonly timeoutMs: number
  /** Milliseconds for which a success counts. Several periods, so that one lost answer does not make a process unready; `Infinity` for ever. */
  readonly staleAfterMs: number
  /** Asks. Rejects when the answer is no. Should end when the signal is aborted; if it does not, it is no longer waited for. */
  check(signal: AbortSignal): Promise<void>
}

export interface BackgroundProbe {
  /** What was last learnt; asks nothing, so it is cheap and never waits. */
  state(): ProbeState
  /** Stops asking. */
  close(): void
}

/**
 * Asks a question again and again in the background, each time under its own deadline, and remembers the last yes.
 * A handler of health requests reads the state: it must not itself call what may be down.
 */
export function backgroundProbe(options: BackgroundProbeOptions): BackgroundProbe {
  const closing = new AbortController()
  let succeededAt: number | undefined
  let problem = 'no answer yet'
  let timer: NodeJS.Timeout | undefined

  const run = async () => {
    let pauseMs = options.periodMs
    try {
      await checkInTime(options, closing.signal)
      succeededAt = performance.now()
      pauseMs = options.periodAfterSuccessMs ?? options.periodMs
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error)
    }
    if (!closing.signal.aborted) timer = setTimeout(() => void run(), pauseMs)
  }
  void run()

  return {
    state() {
      if (succeededAt !== undefined && performance.now() - succeededAt <= options.staleAfterMs) return { ok: true }
      return { ok: false, message: `${options.name}: ${problem}` }
    },
    close() {
      closing.abort(new Error('the probe is closed'))
      clearTimeout(timer)
    },
  }
}

async function checkInTime({ check, timeoutMs }: BackgroundProbeOptions, closing: AbortSignal): Promise<void> {
  const ending = new AbortController()
  const onClose = () => ending.abort(closing.reason)
  closing.addEventListener('abort', onClose)
  const timer = setTimeout(() => ending.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
  const ended = new Promise<never>((_, reject) => ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { once: true }))
  try {
    await Promise.race([check(ending.signal), ended])
  } finally {
    clearTimeout(timer)
    closing.removeEventListener('abort', onClose)
  }
}
