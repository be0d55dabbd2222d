import { suggest } from '../../model/diagnostics.ts'
import type { Cursor } from '../cursor.ts'
import { missing } from '../missing.ts'
import { namespaceOf } from '../object-names.ts'
import { podReferences, type PodReference } from '../pod-references.ts'
import { producedConfigMaps, producedSecrets, type Produced } from '../produced.ts'
import type { Problem, Rule } from '../rule.ts'
import type { Tree } from '../tree.ts'

/** In every namespace, of Kubernetes itself. */
const ALWAYS_THERE = new Set(['kube-root-ca.crt'])

interface Mention extends PodReference {
  readonly namespace: string
}

/** Everything that names a Secret or ConfigMap of its own namespace. */
function mentions(tree: Tree): Mention[] {
  const inNamespace = (at: Cursor, names: readonly Cursor[]): Mention[] =>
    names.flatMap((name) => (name.text === undefined ? [] : [{ kind: 'Secret' as const, name, namespace: namespaceOf(at) }]))
  return [
    ...tree.pods.flatMap((pods) => podReferences(pods).map((reference) => ({ ...reference, namespace: pods.namespace }))),
    ...tree.of('networking.k8s.io', 'Ingress').flatMap((at) =>
      isIssued(at)
        ? []
        : inNamespace(
            at,
            at.get('spec', 'tls').items.map((tls) => tls.get('secretName')),
          ),
    ),
    ...tree.of('gateway.networking.k8s.io', 'Gateway').flatMap((at) => (isIssued(at) ? [] : inNamespace(at, certificatesOf(at)))),
    ...tree.of('postgresql.cnpg.io', 'Cluster').flatMap((at) => inNamespace(at, clusterSecrets(at.get('spec')))),
    ...tree.of('external-secrets.io', 'PushSecret').flatMap((at) => inNamespace(at, [at.get('spec', 'selector', 'secret', 'name')])),
    ...tree.of('cert-manager.io', 'Issuer').flatMap((at) => inNamespace(at, [at.get('spec', 'ca', 'secretName')])),
  ]
}

/** cert-manager makes the secret of who has its annotation. */
function isIssued(at: Cursor): boolean {
  return at.get('metadata', 'annotations').entries.some(([key]) => /^cert-manager\.io\/(cluster-)?issuer$/.test(key))
}

function certificatesOf(gateway: Cursor): Cursor[] {
  const references = gateway.get('spec', 'listeners').items.flatMap((listener) => listener.get('tls', 'certificateRefs').items)
  return references.filter((at) => !at.get('namespace').exists).map((at) => at.get('name'))
}

function clusterSecrets(spec: Cursor): Cursor[] {
  const certificates = spec.get('certificates')
  return [
    ...['serverTLSSecret', 'serverCASecret', 'clientCASecret', 'replicationTLSSecret'].map((key) => certificates.get(key)),
    ...spec.get('managed', 'roles').items.map((role) => role.get('passwordSecret', 'name')),
    spec.get('bootstrap', 'initdb', 'secret', 'name'),
    spec.get('superuserSecret', 'name'),
  ]
}

function* check({ kind, name, key, namespace }: Mention, produced: Produced): Iterable<Problem> {
  if (ALWAYS_THERE.has(name.text ?? '')) return
  const keys = produced.get(`${namespace}/${name.text}`)
  const inNamespace = [...produced.keys()].flatMap((each) => (each.startsWith(`${namespace}/`) ? [each.slice(namespace.length + 1)] : []))
  if (!keys) yield missing(name, `${kind} in ${namespace} called`, inNamespace)
  else if (key?.text !== undefined && keys !== 'any' && !keys.has(key.text)) {
    yield key.problem(`${kind} "${name.text}" has no key "${key.text}"; it has ${[...keys].join(', ') || 'none'}`, suggest(key.text, [...keys]))
  }
}

export const configReference: Rule = {
  id: 'config-reference',
  meaning:
    'Every Secret and ConfigMap that something reads is there, and has the key: written, or made by External Secrets, cert-manager, trust-manager or an operator.',
  why: 'The pod waits in ContainerCreating or CreateContainerConfigError.',
  severity: 'error',
  *check(tree) {
    const produced = { Secret: producedSecrets(tree), ConfigMap: producedConfigMaps(tree) }
    for (const mention of mentions(tree)) yield* check(mention, produced[mention.kind])
  },
}
