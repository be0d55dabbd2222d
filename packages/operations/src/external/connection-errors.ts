/** Of the network. These may go away by themselves. */
const ABSENT = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'])
/** OpenSSL's codes of certificates that are not accepted, and Node's. */
const TLS_CODES = /^(SELF_SIGNED|UNABLE_TO|DEPTH_ZERO|CERT_|ERR_TLS|ERR_SSL|EPROTO)/

/** Whether nobody answered at all. Node tries each address of a name, and then has an error for each. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof AggregateError ? error.errors.every(isUnreachable) : ABSENT.has(codeOf(error))
}

/** Whether the TLS handshake failed. */
export function isTls(error: unknown): boolean {
  return TLS_CODES.test(codeOf(error))
}

export interface TrustSettings {
  readonly host: string
  readonly tls: false | { readonly caFile?: string | undefined }
}

/** Why a certificate was refused, and what to do. `setting` is where the system is named, such as `postgresql.external`. */
export function explainTls(error: unknown, setting: string, { tls, host }: TrustSettings): string {
  const said = textOf(error)
  if (codeOf(error) === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `its certificate is not for "${host}" (${said}): write in ${setting}.host a name that is in the certificate`
  const trusted = tls && tls.caFile !== undefined ? `the root in ${tls.caFile}` : 'the public roots (those of Node, and in NODE_EXTRA_CA_CERTS)'
  return `its certificate is not trusted (${said}). It was checked against ${trusted}: give the root that signed it (${setting}.tls.trust: 'given-ca'), or renew the certificate`
}

export function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? code : ''
}

export function textOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(textOf))].join('; ')
  return error instanceof Error ? error.message : String(error)
}
