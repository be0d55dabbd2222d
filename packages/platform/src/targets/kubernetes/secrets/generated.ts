import type { Secret, SecretProducer } from '../../../model/resources.ts'
import { ours, type Cluster } from '../cluster.ts'
import type { NamespaceName } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { STORE, vaultKey } from './vault.ts'

const NAMESPACE: NamespaceName = 'security'

/** How External Secrets makes a value: 32 letters and digits are 190 random bits. They need no quoting anywhere. */
const GENERATORS: Readonly<Record<Exclude<SecretProducer, 'given' | 'signing-key'>, object>> = {
  password: { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true, encoding: 'raw' },
  // A key of 32 bytes, in base64, as the codec reads it.
  'encryption-key': { length: 32, digits: 8, symbols: 0, noUpper: false, allowRepeat: true, encoding: 'base64' },
}

/** Secrets that nobody gives: made once, and put into Vault if nothing is there. From there everyone reads them, and there they are backed up. */
export function generatedSecrets(secrets: readonly Secret[], cluster: Cluster): KubernetesObject[] {
  const made = secrets.flatMap(({ name, keys }) =>
    Object.entries(keys).flatMap(([key, producer]) => (producer === 'password' || producer === 'encryption-key' ? [{ name, key, producer }] : [])),
  )
  const generators = [...new Set(made.map(({ producer }) => producer))].map((producer) => generator(producer, cluster))
  return [...generators, ...made.flatMap((each) => [onceMade(each, cluster), pushed(each, cluster)])]
}

interface Generated {
  readonly name: string
  readonly key: string
  readonly producer: keyof typeof GENERATORS
}

const objectName = ({ name, key }: Generated): string => `generated-${name}-${key}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

function generator(producer: keyof typeof GENERATORS, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'generators.external-secrets.io/v1alpha1',
    kind: 'Password',
    metadata: { name: producer, namespace: NAMESPACE },
    spec: GENERATORS[producer],
  })
}

/** `CreatedOnce`: a generator gives another value each time that it is asked. */
function onceMade(generated: Generated, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: objectName(generated), namespace: NAMESPACE },
    spec: {
      refreshPolicy: 'CreatedOnce',
      refreshInterval: '0s',
      target: { name: objectName(generated), creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      dataFrom: [
        {
          sourceRef: { generatorRef: { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', name: generated.producer } },
        },
      ],
    },
  })
}

/** `IfNotExists`: what is in Vault stays, even where a cluster is made anew. */
function pushed(generated: Generated, cluster: Cluster): KubernetesObject {
  return ours(cluster, {
    apiVersion: 'external-secrets.io/v1alpha1',
    kind: 'PushSecret',
    metadata: { name: objectName(generated), namespace: NAMESPACE },
    spec: {
      refreshInterval: '1h0m0s',
      updatePolicy: 'IfNotExists',
      deletionPolicy: 'None',
      secretStoreRefs: [STORE],
      selector: { secret: { name: objectName(generated) } },
      data: [
        {
          conversionStrategy: 'None',
          match: { secretKey: 'password', remoteRef: { remoteKey: vaultKey(cluster, generated.name), property: generated.key } },
        },
      ],
    },
  })
}
