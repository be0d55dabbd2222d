import { Cursor } from './cursor.ts'
import { nameOf, namespaceOf } from './object-names.ts'
import { portsOf, type Pods } from './pods.ts'
import { matchLabels } from './selectors.ts'
import type { Tree } from './tree.ts'

/** A Service that an address leads to. */
export interface Destination {
  readonly name: string
  readonly namespace: string
  /** The pods behind it, with the labels that policies select them by. */
  readonly pods: readonly Pick<Pods, 'namespace' | 'labels' | 'spec'>[]
  /** The CloudNativePG Cluster or Elasticsearch behind it, if an operator makes the Service. */
  readonly operated?: Cursor
  /** The port of the pods that a port of the Service leads to. */
  targetPort(port: number): number | undefined
}

const HOST = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?)(?:\.([a-z0-9][a-z0-9-]*))?(?:\.svc)?(?:\.cluster\.local)?\.?$/

/** The Service that a host name means, as a pod of a namespace resolves it. */
export function destinationOf(tree: Tree, host: string, from: string): Destination | undefined {
  const [, name, , namespace = from] = HOST.exec(host) ?? []
  if (name === undefined) return undefined
  const service = tree.find({ group: '', kind: 'Service', name, namespace })
  return service ? written(tree, service) : operated(tree, name, namespace)
}

function written(tree: Tree, service: Cursor): Destination | undefined {
  const selector = service.get('spec', 'selector')
  if (!selector.exists) return undefined
  const pods = tree.select(namespaceOf(service), matchLabels(selector))
  return {
    name: nameOf(service),
    namespace: namespaceOf(service),
    pods,
    targetPort: (port) => {
      const entry = service.get('spec', 'ports').items.find((each) => each.get('port').value === port)
      const target = entry?.get('targetPort').value ?? port
      if (typeof target === 'number') return target
      return pods
        .flatMap((each) => portsOf(each))
        .find((each) => each.get('name').value === target)
        ?.get('containerPort').number
    },
  }
}

/** Services that operators make of their objects, and the labels that they give their pods. */
function operated(tree: Tree, name: string, namespace: string): Destination | undefined {
  const destination = (operator: Cursor, labels: Readonly<Record<string, string>>): Destination => ({
    name,
    namespace,
    operated: operator,
    pods: [{ namespace, labels, spec: Cursor.of({}) }],
    targetPort: (port) => port,
  })
  const cluster = tree.find({ group: 'postgresql.cnpg.io', kind: 'Cluster', name: name.replace(/-(rw|ro|r)$/, ''), namespace })
  if (cluster && /-(rw|ro|r)$/.test(name)) {
    const own = { 'cnpg.io/cluster': nameOf(cluster), 'cnpg.io/podRole': 'instance', 'app.kubernetes.io/managed-by': 'cloudnative-pg' }
    return destination(cluster, { ...cluster.get('spec', 'inheritedMetadata', 'labels').labels, ...own })
  }
  const search = tree.find({ group: 'elasticsearch.k8s.elastic.co', kind: 'Elasticsearch', name: name.replace(/-es-http$/, ''), namespace })
  if (!search || !name.endsWith('-es-http')) return undefined
  return destination(search, { 'elasticsearch.k8s.elastic.co/cluster-name': nameOf(search), 'common.k8s.elastic.co/type': 'elasticsearch' })
}
