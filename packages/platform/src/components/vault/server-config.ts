import type { KubernetesSettings } from '../../model/settings/kubernetes.ts'

/** Where the pods find their certificate, its key and the root. */
export const CERTIFICATE_FOLDER = '/vault/tls'

/** Vault's own configuration, in its language. JSON's strings are strings there, too. */
export function serverConfig(replicas: number, seal: KubernetesSettings['vault']['seal']): string {
  const blocks = [
    'ui = false',
    // Memory is locked by nobody: with integrated storage Vault must be told so.
    'disable_mlock = true',
    block('listener "tcp"', {
      address: '[::]:8200',
      cluster_address: '[::]:8201',
      tls_cert_file: `${CERTIFICATE_FOLDER}/tls.crt`,
      tls_key_file: `${CERTIFICATE_FOLDER}/tls.key`,
      tls_min_version: 'tls12',
      // Only Prometheus reaches it, and metrics have no secrets.
      telemetry: block('telemetry', { unauthenticated_metrics_access: true }),
    }),
    block('storage "raft"', {
      path: '/vault/data',
      ...Object.fromEntries(Array.from({ length: replicas }, (_, index) => [`retry_join ${index}`, joinBlock(index)])),
    }),
    block('service_registration "kubernetes"', {}),
    block('telemetry', { prometheus_retention_time: '30s', disable_hostname: true }),
    ...(seal ? [block(`seal ${JSON.stringify(seal.type)}`, seal.parameters)] : []),
  ]
  return `${blocks.join('\n')}\n`
}

/** A server finds the others by their names, and trusts only our root. */
function joinBlock(index: number): string {
  return block('retry_join', {
    leader_api_addr: `https://vault-${index}.vault-internal:8200`,
    leader_ca_cert_file: `${CERTIFICATE_FOLDER}/ca.crt`,
    leader_client_cert_file: `${CERTIFICATE_FOLDER}/tls.crt`,
    leader_client_key_file: `${CERTIFICATE_FOLDER}/tls.key`,
  })
}

/** A block; a value that begins with the name of its key is a block within. */
function block(head: string, content: Readonly<Record<string, string | boolean>>): string {
  const lines = Object.entries(content).map(([key, value]) => {
    const [name = key] = key.split(' ')
    return typeof value === 'string' && value.startsWith(`${name} {`) ? indent(value) : `  ${name} = ${JSON.stringify(value)}`
  })
  return [`${head} {`, ...lines, '}'].join('\n')
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
