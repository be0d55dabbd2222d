import type { Cursor } from './cursor.ts'
import { nameOf, namespaceOf } from './object-names.ts'
import { selectorOf } from './selectors.ts'
import type { Tree } from './tree.ts'

/** Keys of a Secret or ConfigMap; `any`, where nobody can tell. */
export type Keys = ReadonlySet<string> | 'any'

/** What there will be in a namespace, by `<namespace>/<name>`: written in the tree, or made by who reads the tree. */
export type Produced = ReadonlyMap<string, Keys>

const TLS_KEYS = new Set(['tls.crt', 'tls.key', 'ca.crt'])
/** Secrets that CloudNativePG makes of a cluster, by what its name ends with. */
const CNPG_SECRETS = ['app', 'superuser', 'ca', 'server', 'replication']
/** Secrets that ECK makes of an Elasticsearch. */
const ECK_SECRETS = ['es-elastic-user', 'es-http-certs-public', 'es-http-certs-internal', 'es-http-ca-internal', 'es-internal-users', 'es-xpack-file-realm']

/** Secrets by who makes them: people, External Secrets, cert-manager, operators of databases. */
export function producedSecrets(tree: Tree): Produced {
  return new Map<string, Keys>([
    ...(tree.options.made ?? []).map((key) => [key, 'any'] as const),
    ...tree.of('', 'Secret').map((at) => [keyOf(at), keysOf(at.get('data'), at.get('stringData'))] as const),
    ...tree.of('bitnami.com', 'SealedSecret').map((at) => [keyOf(at), 'any'] as const),
    ...tree.of('external-secrets.io', 'ExternalSecret').map((at) => [keyOf(at, at.get('spec', 'target', 'name')), externalKeys(at)] as const),
    ...tree.of('cert-manager.io', 'Certificate').map((at) => [keyOf(at, at.get('spec', 'secretName')), certificateKeys(at)] as const),
    ...operatorMade(tree, ['postgresql.cnpg.io', 'Cluster'], CNPG_SECRETS),
    ...operatorMade(tree, ['elasticsearch.k8s.elastic.co', 'Elasticsearch'], ECK_SECRETS),
    ...bundles(tree, 'secret'),
  ])
}

export function producedConfigMaps(tree: Tree): Produced {
  return new Map<string, Keys>([
    ...tree.of('', 'ConfigMap').map((at) => [keyOf(at), keysOf(at.get('data'), at.get('binaryData'))] as const),
    ...bundles(tree, 'configMap'),
  ])
}

function keyOf(at: Cursor, name: Cursor = at.get('metadata', 'name')): string {
  return `${namespaceOf(at)}/${name.text ?? nameOf(at)}`
}

function keysOf(...parts: readonly Cursor[]): Keys {
  return new Set(parts.flatMap((part) => part.entries.map(([key]) => key)))
}

/** A template that replaces leaves only its own keys; one of a find or an extract cannot be known. */
function externalKeys(at: Cursor): Keys {
  const spec = at.get('spec')
  const template = spec.get('target', 'template')
  if (template.get('templateFrom').exists) return 'any'
  const own = template.get('data').entries.map(([key]) => key)
  if (own.length > 0 && template.get('mergePolicy').text !== 'Merge') return new Set(own)
  if (spec.get('dataFrom').exists) return 'any'
  return new Set([...own, ...spec.get('data').items.flatMap((each) => each.get('secretKey').text ?? [])])
}

function certificateKeys(at: Cursor): Keys {
  return at.get('spec', 'keystores').exists || at.get('spec', 'additionalOutputFormats').exists ? 'any' : TLS_KEYS
}

function operatorMade(tree: Tree, [group, kind]: readonly [string, string], suffixes: readonly string[]): (readonly [string, Keys])[] {
  return tree.of(group, kind).flatMap((at) => suffixes.map((suffix) => [`${keyOf(at)}-${suffix}`, 'any'] as const))
}

/** What trust-manager writes into each namespace that the bundle selects. */
function bundles(tree: Tree, target: 'configMap' | 'secret'): (readonly [string, Keys])[] {
  return tree.of('trust.cert-manager.io', 'Bundle').flatMap((bundle) => {
    const key = bundle.get('spec', 'target', target, 'key').text
    if (key === undefined) return []
    const selects = selectorOf(bundle.get('spec', 'target', 'namespaceSelector'))
    const namespaces = tree.of('', 'Namespace').filter((at) => selects(at.get('metadata', 'labels').labels ?? {}))
    return namespaces.map((at) => [`${nameOf(at)}/${nameOf(bundle)}`, new Set([key])] as const)
  })
}
