import type { ProcessProbe } from '@sundial/platform/process'
import { NotReadyAnswer, type Probe } from './answer.ts'
import { openProbe } from './probe.ts'
import { pause } from './wait.ts'

/** The waits between probes of a process that was not ready yet, or is not now, in milliseconds: others may wait for it. They grow by half each time. */
const SHORT_WAIT_MS = { first: 25, longest: 200 }

/** What a probe found. */
export interface ProbeResult {
  readonly ready: boolean
  /** Whether the process said anything at all. */
  readonly answered: boolean
  /** Why it is not ready. */
  readonly reason?: string
}

/** Probes until the signal is given: often while the process is not ready, else by the probe's period. */
export async function watchProbe(spec: ProcessProbe, over: AbortSignal, onResult: (result: ProbeResult) => void): Promise<void> {
  const probe = openProbe(spec)
  const period = spec.periodSeconds * 1000
  let short = SHORT_WAIT_MS.first
  try {
    for (;;) {
      const result = await once(probe, spec.timeoutSeconds, over)
      if (over.aborted) return
      onResult(result)
      await pause(result.ready ? period : Math.min(short, period), over)
      short = result.ready ? SHORT_WAIT_MS.first : Math.min(short * 1.5, SHORT_WAIT_MS.longest)
    }
  } finally {
    probe.close()
  }
}

/** Not with `AbortSignal.any`: on some versions of Node it keeps memory for as long as the longer-lived signal, and this runs for days. */
async function once(probe: Probe, timeoutSeconds: number, over: AbortSignal): Promise<ProbeResult> {
  const asking = new AbortController()
  const stop = (): void => asking.abort()
  const timer = setTimeout(stop, timeoutSeconds * 1000)
  over.addEventListener('abort', stop)
  try {
    await probe.ask(asking.signal)
    return { ready: true, answered: true }
  } catch (error) {
    return {
      ready: false,
      answered: error instanceof NotReadyAnswer,
      reason: asking.signal.aborted ? `no answer within ${timeoutSeconds} s` : messageOf(error),
    }
  } finally {
    clearTimeout(timer)
    over.removeEventListener('abort', stop)
  }
}

/** An attempt at several addresses of a name fails with a list and no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
