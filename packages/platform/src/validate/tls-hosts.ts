import type { Cursor } from './cursor.ts'
import { nameOf, namespaceOf } from './object-names.ts'
import { certificateOf } from './mounted.ts'
import { podReferences } from './pod-references.ts'
import { containersOf, type Pods } from './pods.ts'
import { destinationOf, type Destination } from './services.ts'
import { sqlStores, temporalConfigs } from './temporal/configs.ts'
import type { Tree } from './tree.ts'

/** A name that a client asks for, and the certificate that it is shown. */
export interface HostCheck {
  readonly asked: Cursor
  readonly name: string
  readonly certificate: Cursor
}

export function hostChecks(tree: Tree): HostCheck[] {
  return [
    ...temporalConfigs(tree).flatMap(({ config, pods }) => [...serverNames(tree, config, pods), ...databases(tree, config, pods)]),
    ...tree.pods.flatMap((pods) => [...postgresql(tree, pods), ...temporalClients(tree, pods), ...probes(tree, pods)]),
  ]
}

/** Temporal's processes show each other what they serve with. */
function serverNames(tree: Tree, config: Cursor, pods: Pods | undefined): HostCheck[] {
  return ['internode', 'frontend'].flatMap((group) => {
    const tls = config.get('global', 'tls', group)
    return check(tls.get('client', 'serverName'), certificateOf(tree, pods, tls.get('server', 'certFile').text))
  })
}

function databases(tree: Tree, config: Cursor, pods: Pods | undefined): HostCheck[] {
  return sqlStores(config).flatMap((sql) => {
    const address = sql.get('connectAddr')
    const verified = sql.get('tls', 'enabled').value === true && sql.get('tls', 'enableHostVerification').value === true
    return verified && pods ? postgresqlHost(tree, address, pods) : []
  })
}

/** libpq's variables. */
function postgresql(tree: Tree, pods: Pods): HostCheck[] {
  return containersOf(pods).flatMap((container) => {
    const variables = container.get('env').items
    const valueOf = (name: string) => variables.find((each) => each.get('name').text === name)?.get('value')
    const host = valueOf('PGHOST')
    return host && valueOf('PGSSLMODE')?.text === 'verify-full' ? postgresqlHost(tree, host, pods) : []
  })
}

/** CloudNativePG's own certificate has the names of its Services; one that is given has what its Certificate says. */
function postgresqlHost(tree: Tree, address: Cursor, pods: Pods): HostCheck[] {
  const host = address.text?.replace(/:\d+$/, '') ?? ''
  const cluster = destinationOf(tree, host, pods.namespace)?.operated
  const secret = cluster?.get('spec', 'certificates', 'serverTLSSecret').text
  if (!cluster || secret === undefined) return []
  const certificate = tree
    .of('cert-manager.io', 'Certificate')
    .find((at) => namespaceOf(at) === namespaceOf(cluster) && at.get('spec', 'secretName').text === secret)
  return certificate ? [{ asked: address, name: host, certificate }] : []
}

const SERVER_NAME = /^TEMPORAL(_CLIENT)?_TLS_SERVER_NAME$/

/** Workers, APIs and the Web UI, which ask the frontend for the name that they are told, or else for its host. */
function temporalClients(tree: Tree, pods: Pods): HostCheck[] {
  return containersOf(pods).flatMap((container) => {
    const variables = container.get('env').items
    const address = variables.find((each) => each.get('name').text === 'TEMPORAL_ADDRESS')?.get('value')
    const usesTls = variables.some((each) => each.get('name').text?.startsWith('TEMPORAL_TLS_') && each.get('value').exists)
    if (!address?.text || !usesTls) return []
    const host = address.text.replace(/:\d+$/, '')
    const asked = variables.find((each) => SERVER_NAME.test(each.get('name').text ?? ''))?.get('value') ?? address
    const certificates = certificatesShown(tree, destinationOf(tree, host, pods.namespace))
    const name = asked === address ? host : (asked.text ?? '')
    const [first] = certificates
    return first && !certificates.some((each) => namesOf(each).includes(name)) ? [{ asked, name, certificate: first }] : []
  })
}

/** The certificates that the pods behind a Service have. */
function certificatesShown(tree: Tree, destination: Destination | undefined): Cursor[] {
  const pods = tree.pods.filter(({ namespace, labels }) => destination?.pods.some((each) => each.namespace === namespace && each.labels === labels))
  return pods.flatMap((each) => {
    const secrets = new Set(podReferences(each).flatMap(({ kind, name }) => (kind === 'Secret' ? [name.text] : [])))
    return tree
      .of('cert-manager.io', 'Certificate')
      .filter((at) => namespaceOf(at) === each.namespace && secrets.has(at.get('spec', 'secretName').text ?? nameOf(at)))
  })
}

function namesOf(certificate: Cursor): unknown[] {
  return certificate.get('spec', 'dnsNames').items.map(({ value }) => value)
}

const FLAG = '-tls-server-name='

/** A health probe that asks its own pod. */
function probes(tree: Tree, pods: Pods): HostCheck[] {
  const commands = containersOf(pods).flatMap((container) =>
    ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => container.get(probe, 'exec', 'command')),
  )
  return commands.flatMap((command) => {
    const asked = command.items.find((each) => each.text?.replace(/^-/, '').startsWith(FLAG.slice(1)))
    const shown = command.items.find((each) => each.text?.includes('tls-client-cert='))
    const certificate = certificateOf(tree, pods, shown?.text?.replace(/^.*?=/, ''))
    return asked?.text !== undefined && certificate ? [{ asked, name: asked.text.replace(/^.*?=/, ''), certificate }] : []
  })
}

function check(asked: Cursor, certificate: Cursor | undefined): HostCheck[] {
  return asked.text !== undefined && certificate ? [{ asked, name: asked.text, certificate }] : []
}
