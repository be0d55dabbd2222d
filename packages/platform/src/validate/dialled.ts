import { configFiles } from './config-files.ts'
import type { Cursor } from './cursor.ts'
import { containersOf, type Pods } from './pods.ts'
import { destinationOf, type Destination } from './services.ts'
import type { Tree } from './tree.ts'

/** An address of a Service that a pod is told to call. */
export interface Dialled {
  readonly pods: Pods
  /** Where the address is written. */
  readonly at: Cursor
  readonly host: string
  readonly port: number
  readonly to: Destination
}

const ADDRESS = /(?:(https?|grpcs?|postgres(?:ql)?):\/\/)?(?:[^\s/@:]+:[^\s/@]*@)?([a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*)(?::(\d{2,5}))?/g
const SCHEME_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, postgres: 5432, postgresql: 5432 }
/** What the server tells other clusters: its own address, not one that it calls. */
const ANNOUNCED = 'clusterMetadata'

/** Every Service that pods are told to call, by variables, arguments and configuration files. */
export function dialled(tree: Tree): Dialled[] {
  const files = configFiles(tree)
  return tree.pods.flatMap((pods) => {
    const read = files
      .filter(({ readers }) => readers.includes(pods))
      .flatMap(({ content }) => content.entries.flatMap(([key, at]) => (key === ANNOUNCED ? [] : leaves(at))))
    return [...written(pods), ...read].flatMap((at) => destinationsIn(tree, pods, at))
  })
}

function written(pods: Pods): Cursor[] {
  return containersOf(pods).flatMap((container) => [...container.get('env').items.map((variable) => variable.get('value')), ...container.get('args').items])
}

function leaves(at: Cursor): Cursor[] {
  const below = [...at.items, ...at.entries.map(([, value]) => value)]
  return below.length === 0 ? [at] : below.flatMap((each) => leaves(each))
}

function destinationsIn(tree: Tree, pods: Pods, at: Cursor): Dialled[] {
  return [...(at.text ?? '').matchAll(ADDRESS)].flatMap(([, scheme = '', host = '', digits]) => {
    const port = digits === undefined ? (SCHEME_PORTS[scheme] ?? besidePort(at)) : Number(digits)
    const to = port === undefined ? undefined : destinationOf(tree, host, pods.namespace)
    return to && port !== undefined ? [{ pods, at, host, port, to }] : []
  })
}

/** A host that stands alone in a variable has its port in another: `PGHOST` and `PGPORT`. */
function besidePort(at: Cursor): number | undefined {
  return POSTGRESQL_HOST.test(at.parent?.get('name').text ?? '') ? POSTGRESQL_PORT : undefined
}

const POSTGRESQL_HOST = /^PGHOST$|^POSTGRES_HOST$/
const POSTGRESQL_PORT = 5432
