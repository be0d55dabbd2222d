import { ours, type Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../object.ts'
import type { ConfigText } from '../pods/config-files.ts'
import { EXTERNAL_SECRET, vaultKey, vaultValue } from './vault.ts'

interface FilledFile {
  readonly name: string
  readonly namespace: string
  readonly texts: readonly ConfigText[]
}

/** Configuration files of a program that has no template of its own: External Secrets writes them whole. */
export function filledFile({ name, namespace, texts }: FilledFile, cluster: Cluster): KubernetesObject {
  const secrets = Object.assign({}, ...texts.map((text) => text.secrets)) as ConfigText['secrets']
  return ours(cluster, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, namespace },
    spec: {
      ...EXTERNAL_SECRET,
      target: {
        name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          data: Object.fromEntries(texts.map(({ name: file, text }) => [file, text])),
        },
      },
      data: Object.entries(secrets).map(([variable, { name: secret, key }]) => vaultValue(variable, vaultKey(cluster, secret), key)),
    },
  })
}
