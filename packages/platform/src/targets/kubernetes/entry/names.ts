import type { Cluster } from '../cluster.ts'

export const GATEWAY = 'public'
export const GATEWAY_NAMESPACE = 'gateway'
export const HTTP_LISTENER = 'http'
export const listenerName = (route: string): string => `https-${route}`
export const publicSecret = (route: string): string => `public-${route}-tls`

/** The issuer of certificates that the world trusts: made here with a mail address, there already without one. */
export function publicIssuer({ plan }: Cluster): string {
  return `${plan.platform.name}-public`
}

/** For a year, and for every name below. Only on connections that are protected already, as the standard says. */
export const STRICT_TRANSPORT = 'max-age=31536000; includeSubDomains'
