import { z } from 'zod'

/** How a service that others run protects its connections. */
export interface ExternalTlsInput {
  /**
   * Which root must have signed its certificate: one that you give as a file, or the public ones, which Node brings (with NODE_EXTRA_CA_CERTS) and
   * which the machine has for other programs (or SSL_CERT_FILE). @default given-ca
   */
  trust?: 'given-ca' | 'system-roots'
}

/** The settings of TLS with a system that others run; a system may have more. */
export const externalTls = {
  trust: z
    .enum(['given-ca', 'system-roots'])
    .default('given-ca')
    .describe('Which root must have signed its certificate: one that you give as a file, or the public ones that programs and the machine know.'),
}

const HOST = String.raw`[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?`
const IPV6 = String.raw`[0-9A-Fa-f]*:[0-9A-Fa-f:.]+`
/** Of others, so any port. */
const anyPort = z.int().min(1).max(65_535)

export const externalHost = z
  .string()
  .regex(new RegExp(`^(${HOST}|${IPV6})$`), 'must be a host name or an IP address, without a scheme and without a port, such as "db.example.com"')
export const externalPort = anyPort
export const externalAddress = z
  .string()
  .regex(new RegExp(`^(${HOST}|\\[${IPV6}\\]):\\d{1,5}$`), 'must be host:port, such as "temporal.example.com:7233"')
  .refine((text) => anyPort.safeParse(Number(text.slice(text.lastIndexOf(':') + 1))).success, 'must have a port from 1 to 65535')

/** Tokens and logins go there: not in clear over a network. */
export const externalUrl = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .refine((text) => !URL.canParse(text) || isProtected(new URL(text)), 'must be an https URL; http is allowed for this machine’s loopback address only')

function isProtected({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname)
}
