/** What all systems that others run have in common. */
import type { ExternalPort } from './parties.ts'
import type { Secret } from './resources.ts'
import { secretFile, type EndpointReference, type PathReference } from './values.ts'

/** How the connections to an external system are protected. `false`: not at all. */
export type ExternalTls =
  | false
  | { readonly trust: 'given-ca' | 'system-roots'; readonly serverName?: string | undefined; readonly clientCertificate?: boolean }

/** Where an external system is. */
export interface ExternalAddress {
  readonly host: string
  readonly number: number
}

/** The secret with what the owners of an external system give for TLS. Its keys are those of a TLS secret in Kubernetes. */
export function tlsSecret(party: string): string {
  return `${party}-tls`
}

/** A port of an external system. */
export function externalPort(port: Omit<ExternalPort, 'tls'>, tls: ExternalTls): ExternalPort {
  if (!tls) return port
  const domain = tls.trust === 'given-ca' ? 'external' : 'public'
  // A client certificate is of the owners' making, whoever signed the server's.
  return { ...port, tls: { domain, mutual: tls.clientCertificate === true, serverName: tls.serverName ?? port.host } }
}

/** The port behind a URL. */
export function externalUrlPort(url: string): ExternalPort {
  const { hostname, port, protocol } = new URL(url)
  const isTls = protocol === 'https:'
  const number = port === '' ? (isTls ? 443 : 80) : Number(port)
  return externalPort({ number, protocol: 'http', host: hostname.replace(/^\[(.*)\]$/, '$1'), url }, isTls && { trust: 'system-roots' })
}

/** The files that people have to give for TLS with an external system, called `title` in what they read. */
export function tlsSecrets(party: string, title: string, tls: ExternalTls): Secret[] {
  if (!tls) return []
  const about = {
    ...(tls.trust === 'given-ca' && { 'ca.crt': `the root certificate that signed ${title}’s, as PEM` }),
    ...(tls.clientCertificate && { 'tls.crt': `a client certificate that ${title} accepts, as PEM`, 'tls.key': 'its private key, as PEM' }),
  }
  const keys = Object.keys(about)
  return keys.length === 0 ? [] : [{ name: tlsSecret(party), keys: Object.fromEntries(keys.map((key) => [key, 'given'])), about }]
}

/** Those files, as a workload finds them. What is absent is not used: the machine's roots, no client certificate. */
export function tlsFiles(
  party: string,
  tls: ExternalTls,
): { readonly caFile?: PathReference; readonly certFile?: PathReference; readonly keyFile?: PathReference } {
  if (!tls) return {}
  const file = (key: string) => secretFile(tlsSecret(party), key)
  return {
    ...(tls.trust === 'given-ca' && { caFile: file('ca.crt') }),
    ...(tls.clientCertificate && { certFile: file('tls.crt'), keyFile: file('tls.key') }),
  }
}

/** `host:port`, with an IPv6 host in brackets. */
export function parseAddress(address: string): ExternalAddress {
  const colon = address.lastIndexOf(':')
  return { host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), number: Number(address.slice(colon + 1)) }
}

/** The other way round. */
export function formatAddress(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** A port of an external system in one of its forms: the same for every target. */
export function externalEndpoint({ host, number, tls, url }: ExternalPort, as: EndpointReference['as']): string | number {
  const address = formatAddress(host, number)
  return { address, host, port: number, url: url ?? `${tls ? 'https' : 'http'}://${address}` }[as]
}
