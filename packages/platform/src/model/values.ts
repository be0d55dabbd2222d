/**
 * Symbolic values: what a workload's configuration refers to, resolved where the workload runs. Text is never substituted
 * into text by us, so that no secret ends up in a URL and no engine's escaping is needed.
 */
export type Value = string | number | boolean | Reference

export type Reference = EndpointReference | PublicUrlReference | ListenReference | SecretReference | PathReference

/** The address of a port of another party, as the caller sees it. */
export interface EndpointReference {
  readonly ref: 'endpoint'
  readonly party: string
  readonly port: string
  readonly as: EndpointForm
  /** Told to others, not dialled by the workload itself: no call stands behind it. */
  readonly announced?: true
}
/** `address` is `host:port`. `url` has the scheme of the port's protocol. */
export type EndpointForm = 'address' | 'host' | 'port' | 'url'

/** The URL of a port as a browser or an outside client sees it: through the gateway, where there is one. */
export interface PublicUrlReference {
  readonly ref: 'public-url'
  readonly party: string
  readonly port: string
  readonly path: string
}

/** Where the workload itself listens: `host` is what to bind to, `address` is `host:port`, `self` the address that peers reach it at. */
export interface ListenReference {
  readonly ref: 'listen'
  readonly port?: string
  readonly as: 'address' | 'host' | 'port' | 'self'
}

/** The content of a secret, as a whole value. */
export interface SecretReference {
  readonly ref: 'secret'
  readonly name: string
  readonly key: string
}

/** A path on the file system of the workload. */
export interface PathReference {
  readonly ref: 'path'
  readonly of:
    | { readonly kind: 'secret'; readonly name: string; readonly key: string }
    | { readonly kind: 'secret-folder'; readonly name: string }
    | { readonly kind: 'certificate'; readonly domain: TrustDomain; readonly part: 'cert' | 'key' }
    | { readonly kind: 'trust-bundle'; readonly domain: TrustDomain }
    | { readonly kind: 'config-file'; readonly name: string }
    | { readonly kind: 'config-folder' }
    | { readonly kind: 'volume'; readonly name: string; readonly file?: string }
}

/**
 * Who trusts whom. Each domain has a root of its own.
 * - `internode`: Temporal's own processes. Every certificate of it is an administrator of the cluster, so nobody else gets one.
 * - `client`: workers, APIs, the Web UI and tools, to the frontend.
 * - `database`: PostgreSQL's server certificate.
 * - `search`: that of the search engine, where it protects itself.
 */
export const TRUST_DOMAINS = ['internode', 'client', 'database', 'search'] as const
export type TrustDomain = (typeof TRUST_DOMAINS)[number]
/** `public`: what the world trusts; `external`: a root that those who run the service give. No root of ours. */
export type TlsDomain = TrustDomain | 'public' | 'external'

export function isTrustDomain(domain: TlsDomain): domain is TrustDomain {
  return TRUST_DOMAINS.some((name) => name === domain)
}

export function endpoint(party: string, port: string, as: EndpointForm = 'address'): EndpointReference {
  return { ref: 'endpoint', party, port, as }
}
/** An address that the workload tells to others and does not dial itself. */
export function announced(party: string, port: string): EndpointReference {
  return { ref: 'endpoint', party, port, as: 'address', announced: true }
}
export function publicUrl(party: string, port: string, path = ''): PublicUrlReference {
  return { ref: 'public-url', party, port, path }
}
export function listen(port: string, as: 'address' | 'port' = 'address'): ListenReference {
  return { ref: 'listen', port, as }
}
/** The address to bind to: loopback on a laptop, every interface in a pod. */
export const bindHost: ListenReference = { ref: 'listen', as: 'host' }
/** The address literal that peers reach this workload at: loopback on a laptop, the pod's own in Kubernetes. */
export const selfHost: ListenReference = { ref: 'listen', as: 'self' }

export function secret(name: string, key: string): SecretReference {
  return { ref: 'secret', name, key }
}
export function secretFile(name: string, key: string): PathReference {
  return { ref: 'path', of: { kind: 'secret', name, key } }
}
/** A folder with all keys of a secret, a file each. Keys may come while the workload runs. */
export function secretFolder(name: string): PathReference {
  return { ref: 'path', of: { kind: 'secret-folder', name } }
}
/** The workload's own leaf certificate of a domain. */
export function certificate(domain: TrustDomain): { readonly certFile: PathReference; readonly keyFile: PathReference } {
  return {
    certFile: { ref: 'path', of: { kind: 'certificate', domain, part: 'cert' } },
    keyFile: { ref: 'path', of: { kind: 'certificate', domain, part: 'key' } },
  }
}
/** What to trust in a domain. A thing of its own: who verifies needs no certificate. */
export function trustBundle(domain: TrustDomain): { readonly caFile: PathReference } {
  return { caFile: { ref: 'path', of: { kind: 'trust-bundle', domain } } }
}
export function configFile(name: string): PathReference {
  return { ref: 'path', of: { kind: 'config-file', name } }
}
export const configFolder: PathReference = { ref: 'path', of: { kind: 'config-folder' } }
/** A folder that outlives the workload, or a file in it. */
export function volume(name: string, file?: string): PathReference {
  return { ref: 'path', of: { kind: 'volume', name, ...(file !== undefined && { file }) } }
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && typeof (value as { ref?: unknown }).ref === 'string'
}
