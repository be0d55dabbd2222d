import { externalEndpoint } from '../../model/external.ts'
import { isReference, type EndpointReference, type PublicUrlReference, type Reference, type Value } from '../../model/values.ts'
import type { ArgumentValue, ConfigTree, Workload } from '../../model/workload.ts'
import type { Directory } from './directory.ts'
import { pathOf } from './paths.ts'

/** Where a secret's content stands in for a value. */
export interface SecretLeaf {
  readonly secret: { readonly name: string; readonly key: string }
}
/** What only the running pod knows, by the name of a variable of its environment. */
export interface VariableLeaf {
  readonly variable: string
}
export type ResolvedTree =
  | string
  | number
  | boolean
  | null
  | SecretLeaf
  | VariableLeaf
  | readonly ResolvedTree[]
  | { readonly [key: string]: ResolvedTree | undefined }

/** The variable by which a pod knows its own address. */
export const POD_IP = 'POD_IP'
const EVERY_INTERFACE = '0.0.0.0'

/** Resolves the symbolic values of a workload where its pods are. */
export class PodResolver {
  readonly #directory: Directory
  readonly #workload: Workload

  constructor(directory: Directory, workload: Workload) {
    this.#directory = directory
    this.#workload = workload
  }

  argument(value: ArgumentValue): string {
    return isReference(value) ? String(this.#plain(value)) : value
  }

  value(value: Value): string | SecretLeaf {
    const resolved = isReference(value) ? this.#reference(value) : value
    return typeof resolved === 'object' ? resolved : String(resolved)
  }

  tree(value: ConfigTree | undefined): ResolvedTree | undefined {
    if (isReference(value)) return value.ref === 'listen' && value.as === 'self' ? { variable: POD_IP } : this.#reference(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item: ConfigTree) => this.tree(item) ?? null)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, this.tree(child)]))
  }

  #reference(reference: Reference): string | number | SecretLeaf {
    return reference.ref === 'secret' ? { secret: { name: reference.name, key: reference.key } } : this.#plain(reference)
  }

  #plain(reference: Exclude<Reference, { ref: 'secret' }>): string | number {
    switch (reference.ref) {
      case 'endpoint':
        return this.#endpoint(reference)
      case 'public-url':
        return this.#publicUrl(reference)
      case 'listen': {
        if (reference.as === 'host') return EVERY_INTERFACE
        // Kubernetes replaces it in arguments and in the values of variables.
        if (reference.as === 'self') return `$(${POD_IP})`
        const number = this.#workload.ports[reference.port ?? '']?.number ?? 0
        return reference.as === 'port' ? number : `${EVERY_INTERFACE}:${number}`
      }
      case 'path':
        return pathOf(reference.of, this.#workload)
    }
  }

  #endpoint({ party, port, as }: EndpointReference): string | number {
    const external = this.#directory.external(party)?.ports[port]
    if (external) return externalEndpoint(external, as)
    const { host, port: number } = this.#directory.address(party, port)
    const scheme = this.#directory.port(party, port)?.tls ? 'https' : 'http'
    return { address: `${host}:${number}`, host, port: number, url: `${scheme}://${host}:${number}` }[as]
  }

  #publicUrl({ party, port, path }: PublicUrlReference): string {
    const external = this.#directory.external(party)?.ports[port]
    return external ? `${externalEndpoint(external, 'url')}${path}` : this.#directory.publicUrl({ party, port, path })
  }
}
