import { SundialError } from '@sundial/platform/errors'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { describe, type Manifest } from '../kubernetes/manifest.ts'
import { applyObject, type ApplyResult } from './apply.ts'
import { requireDefinitions, type OperatorChart } from './definitions.ts'
import type { Change, DeployProgress, Deployment } from './deployment.ts'
import { inParallel } from './in-parallel.ts'
import { entryOf, readInventory, union, without, writeInventory, type Inventory, type InventoryEntry } from './inventory.ts'
import { irreversibleChanges, requireAccepted } from './irreversible.ts'
import { preflight, type Finding } from './preflight.ts'
import { waitUntilGone, waitUntilReady } from './wait.ts'
import { wavesOf } from './waves.ts'

export interface DeployOptions {
  /** Asks the API server what it would do, and changes nothing. */
  readonly dryRun: boolean
  /** Words of irreversible changes that are wanted. */
  readonly accepted: readonly string[]
  /** Milliseconds that each wave has to become ready. */
  readonly timeoutMs: number
  /** Charts of operators, for advice. */
  readonly charts: readonly OperatorChart[]
  readonly onProgress: (progress: DeployProgress) => void
  /** Told what was found before anything is changed. */
  readonly onFindings?: (findings: readonly Finding[]) => void
}

export interface DeployReport {
  readonly findings: readonly Finding[]
  readonly changes: readonly Change[]
  /** What the API server warns of, with the object. */
  readonly warnings: readonly string[]
}

/**
 * Brings objects to a cluster that has no Argo CD: looks at the cluster, applies wave by wave, waits until each is ready, and removes what it applied before
 * and is not wanted any more. Done again, it changes nothing.
 *
 * @throws SundialError if the cluster is not suitable, something irreversible was not accepted, or an object is refused or does not become ready
 */
export async function deploy(deployment: Deployment, api: KubernetesApi, options: DeployOptions): Promise<DeployReport> {
  const findings = await preflight(deployment.environment, deployment.objects, api)
  options.onFindings?.(findings)
  requireSuitable(findings)
  await requireDefinitions(deployment.objects, options.charts, api)
  const before = await readInventory(deployment, api)
  const entries = deployment.objects.map(entryOf)
  const pruned = before ? without(before.objects, entries) : []
  if (before) requireAccepted(irreversibleChanges(deployment, before, pruned), options.accepted)
  const run = new Run({ deployment, api, options })
  if (options.dryRun) return { findings, ...(await run.rehearse(pruned)) }
  return { findings, ...(await run.apply(before, pruned)) }
}

interface RunParts {
  readonly deployment: Deployment
  readonly api: KubernetesApi
  readonly options: DeployOptions
}

class Run {
  readonly #parts: RunParts
  readonly #results: ApplyResult[] = []

  constructor(parts: RunParts) {
    this.#parts = parts
  }

  async apply(before: Inventory | undefined, pruned: readonly InventoryEntry[]): Promise<Omit<DeployReport, 'findings'>> {
    const { deployment, api } = this.#parts
    const { environment, fixedSettings, objects } = deployment
    const entries = objects.map(entryOf)
    const namespaces = objects.filter(({ kind }) => kind === 'Namespace')
    this.#results.push(...(await inParallel(namespaces, (object) => applyObject(object, api, { dryRun: false }))))
    // Written before anything else is applied: what an interrupted run leaves is known to the next one.
    await writeInventory({ environment, fixedSettings, objects: union(entries, before?.objects ?? []) }, deployment, api)
    await this.#applyWaves(objects.filter(({ kind }) => kind !== 'Namespace'))
    await this.#prune(pruned)
    await writeInventory({ environment, fixedSettings, objects: entries }, deployment, api)
    return this.#report(pruned)
  }

  async rehearse(pruned: readonly InventoryEntry[]): Promise<Omit<DeployReport, 'findings'>> {
    const { deployment, api } = this.#parts
    const namespaces = new Set((await api.list({ apiVersion: 'v1', kind: 'Namespace' })).map(({ metadata }) => metadata.name))
    const results = await inParallel(deployment.objects, async (object): Promise<ApplyResult> => {
      // The API server cannot judge what is in a namespace that is still to be made.
      if (object.metadata.namespace !== undefined && !namespaces.has(object.metadata.namespace)) return { change: { action: 'created', object }, warnings: [] }
      return applyObject(object, api, { dryRun: true })
    })
    this.#results.push(...results)
    return this.#report(pruned)
  }

  async #applyWaves(objects: readonly Manifest[]): Promise<void> {
    const { api, options } = this.#parts
    const waves = wavesOf(objects)
    for (const [index, groups] of waves.entries()) {
      const tell = (message: string) => options.onProgress({ wave: index + 1, waves: waves.length, message })
      for (const group of groups) {
        tell(`applying ${group.length === 1 && group[0] ? describe(group[0]) : `${group.length} objects`}`)
        this.#results.push(...(await inParallel(group, (object) => applyObject(object, api, { dryRun: false }))))
      }
      await waitUntilReady(groups.flat(), api, { timeoutMs: options.timeoutMs, onWaiting: tell })
    }
  }

  /** In the opposite order: who uses something goes before it. */
  async #prune(pruned: readonly InventoryEntry[]): Promise<void> {
    const { api, options } = this.#parts
    await removeAll(pruned, api, { timeoutMs: options.timeoutMs, onProgress: options.onProgress })
  }

  #report(pruned: readonly InventoryEntry[]): Omit<DeployReport, 'findings'> {
    return {
      changes: [...this.#results.map(({ change }) => change), ...pruned.map((object): Change => ({ action: 'removed', object }))],
      warnings: this.#results.flatMap(({ warnings }) => warnings),
    }
  }
}

export interface RemoveOptions {
  readonly timeoutMs: number
  readonly onProgress: (progress: DeployProgress) => void
}

/** Removes objects, the last wave first, and waits until each wave is gone. Namespaces are last of all. */
export async function removeAll(entries: readonly InventoryEntry[], api: KubernetesApi, { timeoutMs, onProgress }: RemoveOptions): Promise<void> {
  const order = (entry: InventoryEntry) => (entry.kind === 'Namespace' ? -Infinity : entry.wave)
  const waves = [...new Set(entries.map(order))].sort((one, other) => (one < other ? 1 : -1))
  for (const [index, wave] of waves.entries()) {
    const group = entries.filter((entry) => order(entry) === wave)
    const tell = (message: string) => onProgress({ wave: index + 1, waves: waves.length, message })
    tell(`removing ${group.length === 1 && group[0] ? describe(group[0]) : `${group.length} objects`}`)
    await inParallel(group, (entry) => api.remove(entry))
    await waitUntilGone(group, api, { timeoutMs, onWaiting: tell })
  }
}

function requireSuitable(findings: readonly Finding[]): void {
  const errors = findings.filter(({ level }) => level === 'error')
  if (errors.length === 0) return
  const lines = errors.map(({ subject, found, advice }) => `  ${subject}: ${found}; ${advice}`)
  throw new SundialError('SUN_CLUSTER_UNSUITABLE', `this cluster is not what the platform needs:\n${lines.join('\n')}`, {
    hint: 'Nothing was changed. --context chooses another cluster.',
  })
}
