import { setTimeout as pause } from 'node:timers/promises'
import { SundialError } from '@sundial/platform/errors'
import type { KubernetesApi } from '../kubernetes/api.ts'
import { describe, keyOf, type Manifest, type ManifestReference } from '../kubernetes/manifest.ts'
import { hasHealth, healthOf, type Health } from './health.ts'
import { inParallel } from './in-parallel.ts'
import { whyPodsWait } from './why-pods-wait.ts'

/** Between two looks, milliseconds. */
const PERIOD_MS = 500

export interface WaitOptions {
  /** Milliseconds until what is not ready counts as failed. */
  readonly timeoutMs: number
  readonly onWaiting: (message: string) => void
}

interface Seen {
  readonly object: Manifest
  readonly health: Health
}

/**
 * Waits until objects are ready: jobs complete, deployments available, certificates issued, secrets there.
 * @throws SundialError `SUN_DEPLOY_FAILED` when one has failed, or the time is over; with why
 */
export async function waitUntilReady(objects: readonly Manifest[], api: KubernetesApi, { timeoutMs, onWaiting }: WaitOptions): Promise<void> {
  const end = performance.now() + timeoutMs
  const judged = objects.filter(hasHealth)
  for (;;) {
    // All of them each time: what was ready may not be any more, such as what an autoscaler has just given more copies.
    const seen = (await look(judged, api)).filter(({ health }) => health.state !== 'ready')
    if (seen.length === 0) return
    const broken = seen.filter(({ health }) => health.state === 'failed')
    if (broken.length > 0) throw await failure(broken, api, 'failed')
    if (performance.now() > end) throw await failure(seen, api, `not ready after ${Math.round(timeoutMs / 1000)} s`)
    onWaiting(waitingFor(seen))
    await pause(PERIOD_MS)
  }
}

/** Waits until objects are gone. @throws SundialError `SUN_DEPLOY_FAILED` when the time is over */
export async function waitUntilGone(objects: readonly ManifestReference[], api: KubernetesApi, { timeoutMs, onWaiting }: WaitOptions): Promise<void> {
  const end = performance.now() + timeoutMs
  let left = [...objects]
  for (;;) {
    const found = await inParallel(left, async (reference) => ((await api.knows(reference)) ? api.get(reference) : undefined))
    left = left.filter((_, index) => found[index] !== undefined)
    if (left.length === 0) return
    if (performance.now() > end)
      throw new SundialError(
        'SUN_DEPLOY_FAILED',
        `still there after ${Math.round(timeoutMs / 1000)} s:\n${left.map((each) => `  ${describe(each)}`).join('\n')}`,
        {
          hint: 'A finalizer waits for a controller that may be gone: "kubectl describe" shows it. Run the same command again when it is settled.',
        },
      )
    onWaiting(`waiting until ${left.length === 1 && left[0] ? describe(left[0]) : `${left.length} objects`} ${left.length === 1 ? 'is' : 'are'} gone`)
    await pause(PERIOD_MS)
  }
}

async function look(objects: readonly Manifest[], api: KubernetesApi): Promise<Seen[]> {
  // One list of a kind in a namespace is cheaper than each object by itself.
  const wanted = new Map(objects.map((object) => [keyOf(object), object]))
  const places = [...new Map(objects.map((object) => [`${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}`, object])).values()]
  const found = (
    await inParallel(places, ({ apiVersion, kind, metadata: { namespace } }) => api.list({ apiVersion, kind, ...(namespace !== undefined && { namespace }) }))
  ).flat()
  const live = new Map(found.map((object) => [keyOf(object), object]))
  return [...wanted].map(([key, object]) => {
    const now = live.get(key)
    return now ? { object: now, health: healthOf(now) } : { object, health: { state: 'failed', why: 'it is gone: somebody deleted it' } }
  })
}

function waitingFor(seen: readonly Seen[]): string {
  const [first] = seen
  if (!first) return ''
  return `waiting for ${describe(first.object)}: ${first.health.why}${seen.length > 1 ? `; and ${seen.length - 1} more` : ''}`
}

async function failure(seen: readonly Seen[], api: KubernetesApi, what: string): Promise<SundialError> {
  const lines = await inParallel(seen, async ({ object, health }) => {
    const why = await whyPodsWait(object, api)
    return `  ${describe(object)}: ${why === '' ? health.why : `${health.why}; ${why}`}`
  })
  return new SundialError('SUN_DEPLOY_FAILED', `${what}:\n${lines.join('\n')}`, {
    hint: 'Later waves were not applied. After the cause is gone, run the same command again: it goes on where it is.',
  })
}
