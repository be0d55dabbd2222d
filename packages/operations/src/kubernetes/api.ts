import { setTimeout as pause } from 'node:timers/promises'
import { ApiError } from './api-error.ts'
import { openApi, type ClusterChoice } from './kubectl-proxy.ts'
import type { Manifest, ManifestReference } from './manifest.ts'
import { ApiConnection, type ApiAnswer, type ApiCall } from './request.ts'
import { describe } from './manifest.ts'

/** How often a call is made to an API server that says that it is busy, or that a kind is not served yet: it says, too, how long to wait. */
const MAX_TRIES = 20
/** Who owns the fields that we set. */
const FIELD_MANAGER = 'sundial'

export interface Applied {
  readonly object: Manifest
  readonly warnings: readonly string[]
}

interface ResourceList {
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[]
}

interface Kind {
  readonly plural: string
  readonly namespaced: boolean
}

/** The API of one cluster. */
export class KubernetesApi {
  readonly #connection: ApiConnection
  readonly #close: () => Promise<void>
  /** Kinds by API version: those that are there are asked for once. */
  readonly #kinds = new Map<string, Promise<ReadonlyMap<string, Kind>>>()

  private constructor(connection: ApiConnection, close: () => Promise<void>) {
    this.#connection = connection
    this.#close = close
  }

  /** @throws SundialError `SUN_CLUSTER_UNREACHABLE` */
  static async open(choice: ClusterChoice): Promise<KubernetesApi> {
    const socket = await openApi(choice)
    const connection = new ApiConnection(socket.path)
    return new KubernetesApi(connection, async () => {
      connection.close()
      await socket.close()
    })
  }

  close(): Promise<void> {
    return this.#close()
  }

  /** Version of the API server, such as `v1.35.4`. */
  async version(): Promise<string> {
    const { body } = await this.#call({ method: 'GET', path: '/version' })
    return (body as { readonly gitVersion: string }).gitVersion
  }

  /** Whether the cluster knows objects of this kind. */
  async knows({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): Promise<boolean> {
    return (await this.#kindOf({ apiVersion, kind })) !== undefined
  }

  async get(reference: ManifestReference): Promise<Manifest | undefined> {
    return this.#unlessGone({ method: 'GET', path: await this.#pathOf(reference) })
  }

  /** All objects of a kind, of one namespace or of all; none where the cluster does not know the kind. */
  async list({ apiVersion, kind, namespace, labels }: ListRequest): Promise<readonly Manifest[]> {
    const found = await this.#kindOf({ apiVersion, kind })
    if (!found) return []
    const query = labels === undefined ? '' : `?labelSelector=${encodeURIComponent(labels)}`
    const { body } = await this.#call({ method: 'GET', path: `${collection(apiVersion, found, namespace)}${query}` })
    // Items of a list do not say what they are.
    return (body as { readonly items: readonly Manifest[] }).items.map((item) => ({ ...item, apiVersion, kind }))
  }

  /**
   * Server-side apply with strict validation: an unknown or a doubled field is refused. Fields that somebody else has set to something else become ours.
   * @throws ApiError
   */
  async apply(object: Manifest, { dryRun = false }: { readonly dryRun?: boolean } = {}): Promise<Applied> {
    const query = new URLSearchParams({ fieldManager: FIELD_MANAGER, fieldValidation: 'Strict', force: 'true', ...(dryRun && { dryRun: 'All' }) })
    const path = `${await this.#pathOf(object)}?${query.toString()}`
    const answer = await this.#call({ method: 'PATCH', path, body: object, contentType: 'application/apply-patch+yaml' })
    return { object: answer.body as Manifest, warnings: answer.warnings }
  }

  /** Asks for the deletion of an object and what it owns; what is gone already is well. It may take a while: see {@link get}. */
  async remove(reference: ManifestReference): Promise<void> {
    if (!(await this.knows(reference))) return
    const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: 'Background' }
    await this.#unlessGone({ method: 'DELETE', path: await this.#pathOf(reference), body })
  }

  async #unlessGone(call: ApiCall): Promise<Manifest | undefined> {
    try {
      return (await this.#call(call)).body as Manifest
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    }
  }

  async #call(call: ApiCall): Promise<ApiAnswer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.#connection.call(call)
      if (answer.status < 400) return answer
      if (answer.retryAfterMs === undefined || tries === MAX_TRIES) throw new ApiError(answer.status, answer.body)
      await pause(answer.retryAfterMs)
    }
  }

  async #pathOf(reference: ManifestReference): Promise<string> {
    const { apiVersion, kind, metadata } = reference
    const found = await this.#kindOf({ apiVersion, kind })
    if (!found) throw new ApiError(404, { message: `the cluster has no kind ${kind} in ${apiVersion}`, reason: 'UnknownKind' })
    if (found.namespaced && metadata.namespace === undefined) throw new Error(`${describe(reference)} has no namespace`)
    return `${collection(apiVersion, found, metadata.namespace)}/${encodeURIComponent(metadata.name)}`
  }

  async #kindOf({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>): Promise<Kind | undefined> {
    const found = (await this.#kindsOf(apiVersion)).get(kind)
    // What is missing now may be defined a moment later.
    if (!found) this.#kinds.delete(apiVersion)
    return found
  }

  #kindsOf(apiVersion: string): Promise<ReadonlyMap<string, Kind>> {
    const known = this.#kinds.get(apiVersion)
    if (known) return known
    const asked = this.#askKinds(apiVersion)
    this.#kinds.set(apiVersion, asked)
    return asked
  }

  async #askKinds(apiVersion: string): Promise<ReadonlyMap<string, Kind>> {
    const list = (await this.#unlessGone({ method: 'GET', path: root(apiVersion) })) as ResourceList | undefined
    const resources = list?.resources?.filter(({ name }) => !name.includes('/')) ?? []
    return new Map(resources.map(({ kind, name, namespaced }) => [kind, { plural: name, namespaced }]))
  }
}

export interface ListRequest extends Pick<Manifest, 'apiVersion' | 'kind'> {
  /** @default all */
  readonly namespace?: string
  /** A label selector. @default all */
  readonly labels?: string
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

function collection(apiVersion: string, { plural, namespaced }: Kind, namespace: string | undefined): string {
  return `${root(apiVersion)}${namespaced && namespace !== undefined ? `/namespaces/${namespace}` : ''}/${plural}`
}
