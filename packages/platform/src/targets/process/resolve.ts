import { isReference, type EndpointReference, type PathReference, type PublicUrlReference, type Reference } from '../../model/values.ts'
import type { ArgumentValue, ConfigTree } from '../../model/workload.ts'
import { externalEndpoint } from '../../model/external.ts'
import type { ExternalPort } from '../../model/parties.ts'
import type { Instance } from './layout.ts'
import { LOOPBACK, portKey, type Site } from './machine.ts'
import { certificatePath, configPath, secretFolderPath, secretPath, trustPath, volumePath } from './paths.ts'
import type { SecretText, Text, Tree } from './process-plan.ts'

/** Resolves the symbolic values of one copy of a workload on a machine. */
export class Resolver {
  readonly #machine: Site
  readonly #instance: Instance

  constructor(machine: Site, instance: Instance) {
    this.#machine = machine
    this.#instance = instance
  }

  argument(value: ArgumentValue): string {
    return isReference(value) ? String(this.#plain(value)) : value
  }

  text(value: string | number | boolean | Reference): Text {
    const resolved = isReference(value) ? this.#reference(value) : value
    return typeof resolved === 'object' ? resolved : String(resolved)
  }

  tree(value: ConfigTree | undefined): Tree | undefined {
    if (isReference(value)) return this.#reference(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item: ConfigTree) => this.tree(item) ?? null)
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, this.tree(child)]))
  }

  /** The number of a port that this copy listens on. */
  ownPort(port: string): number {
    return numberOf(this.#machine, this.#instance.portKeys[port] ?? portKey(this.#instance.name, port))
  }

  /** The number of a port that a workload offers to others. */
  #offered({ party, port }: EndpointReference | PublicUrlReference): number {
    return numberOf(this.#machine, portKey(party, port))
  }

  #reference(reference: Reference): string | number | SecretText {
    return reference.ref === 'secret' ? { secret: { name: reference.name, key: reference.key } } : this.#plain(reference)
  }

  #plain(reference: Exclude<Reference, { ref: 'secret' }>): string | number {
    switch (reference.ref) {
      case 'endpoint': {
        const external = this.#external(reference)
        if (external) return externalEndpoint(external, reference.as)
        const port = this.#offered(reference)
        return { address: `${LOOPBACK}:${port}`, host: LOOPBACK, port, url: `http://${LOOPBACK}:${port}` }[reference.as]
      }
      case 'public-url': {
        const external = this.#external(reference)
        if (external) return `${externalEndpoint(external, 'url')}${reference.path}`
        return `http://${LOOPBACK}:${this.#offered(reference)}${reference.path}`
      }
      case 'listen': {
        if (reference.as === 'host' || reference.as === 'self') return LOOPBACK
        const port = this.ownPort(reference.port ?? '')
        return reference.as === 'port' ? port : `${LOOPBACK}:${port}`
      }
      case 'path':
        return this.#path(reference.of)
      default:
        throw new Error(`a ${(reference as Reference).ref} of "${this.#instance.name}" stands where everybody can read it`)
    }
  }

  #external({ party, port }: EndpointReference | PublicUrlReference): ExternalPort | undefined {
    return this.#machine.externals.find(({ name }) => name === party)?.ports[port]
  }

  #path(of: PathReference['of']): string {
    const { name } = this.#instance
    switch (of.kind) {
      case 'secret':
        return secretPath(this.#machine, of.name, of.key)
      case 'secret-folder':
        return secretFolderPath(this.#machine, of.name)
      case 'certificate':
        return certificatePath(this.#machine, name, of.domain)[of.part === 'cert' ? 'certFile' : 'keyFile']
      case 'trust-bundle':
        return trustPath(this.#machine, of.domain).caFile
      case 'config-file':
        return `${configPath(this.#machine, name)}/${of.name}`
      case 'config-folder':
        return configPath(this.#machine, name)
      case 'volume':
        return of.file === undefined ? volumePath(this.#machine, of.name) : `${volumePath(this.#machine, of.name)}/${of.file}`
    }
  }
}

export function numberOf({ ports }: Site, key: string): number {
  const number = ports[key]
  if (number === undefined) throw new Error(`no number was chosen for ${key}`)
  return number
}
