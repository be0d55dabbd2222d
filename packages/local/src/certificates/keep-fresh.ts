import type { ProcessPlan } from '@sundial/platform/process'
import { ensureCertificates } from './ensure-certificates.ts'

export interface KeepFreshOptions {
  readonly plan: Pick<ProcessPlan, 'trustDomains' | 'certificates'>
  /** Told the names of the certificates that were issued: whoever does not look by himself has to be told. */
  onIssued(names: readonly string[]): void
  /** How often it is looked, milliseconds. A minute: after the clock was set, or the machine has slept for months, nothing works until then. @default 60000 */
  readonly periodMs?: number
  /** @default the clock of the machine */
  readonly now?: () => Date
}

/**
 * Renews certificates while a platform runs: each at two thirds of its life, as a start does. What cannot be written is a warning, and tried again.
 * @returns ends it, and resolves when nothing of it is under way
 */
export function keepFresh({ plan, onIssued, periodMs = 60_000, now = () => new Date() }: KeepFreshOptions): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve()
  let failing = false
  const look = async (): Promise<void> => {
    try {
      const issued = await ensureCertificates(plan, now())
      failing = false
      if (issued.length > 0) onIssued(issued)
    } catch (error) {
      if (!failing) process.emitWarning(`certificates are not renewed: ${(error as Error).message}`)
      failing = true
    }
  }
  const timer = setInterval(() => (looking = looking.then(look)), periodMs)
  return async () => {
    clearInterval(timer)
    await looking
  }
}
