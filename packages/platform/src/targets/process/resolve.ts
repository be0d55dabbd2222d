import { isReference, type PathReference, type Reference } from '../../model/values.ts'
import type { ArgumentValue, ConfigTree, Workload } from '../../model/workload.ts'
import { LOOPBACK, portKey, type Machine } from './machine.ts'
import { certificatePath, configPath, secretPath, trustPath, volumePath } from './paths.ts'
import type { SecretText, Text, Tree } from './process-plan.ts'

/** Resolves a workload's symbolic values on a machine. */
export class Resolver {
  readonly #machine: Machine
  readonly #workload: Workload

  constructor(machine: Machine, workload: Workload) {
    this.#machine = machine
    this.#workload = workload
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

  port(workload: string, port: string): number {
    const number = this.#machine.ports[portKey(workload, port)]
    if (number === undefined) throw new Error(`no number was chosen for port "${port}" of "${workload}"`)
    return number
  }

  #reference(reference: Reference): string | number | SecretText {
    return reference.ref === 'secret' ? { secret: { name: reference.name, key: reference.key } } : this.#plain(reference)
  }

  #plain(reference: Exclude<Reference, { ref: 'secret' }>): string | number {
    switch (reference.ref) {
      case 'endpoint': {
        const port = this.port(reference.party, reference.port)
        return { address: `${LOOPBACK}:${port}`, host: LOOPBACK, port, url: `http://${LOOPBACK}:${port}` }[reference.as]
      }
      case 'public-url':
        return `http://${LOOPBACK}:${this.port(reference.party, reference.port)}${reference.path}`
      case 'listen': {
        if (reference.as === 'host' || reference.as === 'self') return LOOPBACK
        const port = this.port(this.#workload.name, reference.port ?? '')
        return reference.as === 'port' ? port : `${LOOPBACK}:${port}`
      }
      case 'path':
        return this.#path(reference.of)
      default:
        throw new Error(`a ${(reference as Reference).ref} of "${this.#workload.name}" stands where everybody can read it`)
    }
  }

  #path(of: PathReference['of']): string {
    const { name } = this.#workload
    switch (of.kind) {
      case 'secret':
        return secretPath(this.#machine, of.name, of.key)
      case 'certificate':
        return certificatePath(this.#machine, name, of.domain)[of.part === 'cert' ? 'certFile' : 'keyFile']
      case 'trust-bundle':
        return trustPath(this.#machine, of.domain).caFile
      case 'config-file':
        return `${configPath(this.#machine, name)}/${of.name}`
      case 'config-folder':
        return configPath(this.#machine, name)
      case 'volume':
        return volumePath(this.#machine, of.name)
    }
  }
}
