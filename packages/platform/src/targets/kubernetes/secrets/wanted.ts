import type { Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import type { WantedSecret } from '../system.ts'
import { externalSecret } from './external-secrets.ts'
import { generatedSecrets } from './generated.ts'

/** What systems of the cluster want kept in Vault, where they want it. One secret may be wanted in several namespaces: it is made once. */
export function wantedSecrets(wanted: readonly WantedSecret[], cluster: Cluster): KubernetesObject[] {
  const once = [...new Map(wanted.map((secret) => [secret.name, secret])).values()]
  return [...generatedSecrets(once, cluster), ...wanted.map((secret) => brought(secret, cluster))]
}

function brought({ namespace, type, labels, fixed, ...secret }: WantedSecret, cluster: Cluster): KubernetesObject {
  const hasForm = type !== undefined || labels !== undefined || fixed !== undefined
  const form = { type: type ?? 'Opaque', fixed: fixed ?? {}, ...(labels && { labels }) }
  return externalSecret({ secret, namespace, ...(hasForm && { form }) }, cluster)
}
