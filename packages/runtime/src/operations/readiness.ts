/** The answer to one question about a process. */
export interface ReadinessCheck {
  readonly ok: boolean
  /** For people: why not. */
  readonly message?: string
}

/** Whether a process should be sent work, and which check says no. */
export interface Readiness {
  readonly ready: boolean
  readonly checks: Readonly<Record<string, ReadinessCheck>>
}
