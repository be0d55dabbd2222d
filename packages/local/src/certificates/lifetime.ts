const DAY_MS = 24 * 60 * 60 * 1000
/** A clock that is set back, by an hour or to another time zone, must not make a certificate one of the future. */
const BACKDATED_MS = DAY_MS

export interface Lifetime {
  readonly notBefore: Date
  readonly notAfter: Date
}

export function lifetime(days: number, now: Date): Lifetime {
  return { notBefore: new Date(now.getTime() - BACKDATED_MS), notAfter: new Date(now.getTime() + days * DAY_MS) }
}

/** Whether a certificate is valid now and has at least a third of its life ahead: the usual time to renew. */
export function isFresh({ notBefore, notAfter }: Lifetime, now: Date): boolean {
  const left = notAfter.getTime() - now.getTime()
  return notBefore <= now && left >= (notAfter.getTime() - notBefore.getTime()) / 3
}
