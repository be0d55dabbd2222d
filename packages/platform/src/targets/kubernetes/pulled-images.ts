import type { Cluster } from './cluster.ts'
import type { KubernetesObject } from './object.ts'

/** An image that a cluster pulls. */
export interface PulledImage {
  /** By its own name, as it is looked up in `images.lock.json`: without a mirror, and without the digest where it has a tag. */
  readonly image: string
  /** As registries know it: through the mirror, where there is one, and without the digest where it has a tag. */
  readonly pulledAs: string
  readonly digest?: string
}

/** Where objects name images: containers of pods, and operators' objects. */
const KEYS = new Set(['image', 'imageName'])
const NAME = /^(?<name>[a-z0-9][^\s@]*)(?:@(?<digest>sha256:[0-9a-f]{64}))?$/

/** Every image that objects name, each once, sorted. Those that charts of others bring are not known here. */
export function pulledImages(objects: readonly KubernetesObject[], { mirror }: Pick<Cluster['settings']['images'], 'mirror'>): PulledImage[] {
  const found = new Map<string, PulledImage>()
  // What stands in configuration files is text.
  for (const object of objects) if (object.kind !== 'ConfigMap') collect(object, found, mirror === undefined ? '' : `${mirror}/`)
  return [...found.values()].toSorted((a, b) => (a.image < b.image ? -1 : 1))
}

/** Images whose content nobody has pinned: what their tags mean can change. */
export function unlockedImages(images: readonly PulledImage[]): string[] {
  return images.filter(({ digest }) => digest === undefined).map(({ image }) => image)
}

function collect(value: unknown, found: Map<string, PulledImage>, prefix: string): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    const groups = typeof child === 'string' && KEYS.has(key) ? NAME.exec(child)?.groups : undefined
    const { name, digest } = groups ?? {}
    if (name === undefined) collect(child, found, prefix)
    else {
      // Without a tag the digest is all that says what it is.
      const pulledAs = /:[^/]+$/.test(name) || digest === undefined ? name : `${name}@${digest}`
      const image = pulledAs.startsWith(prefix) ? pulledAs.slice(prefix.length) : pulledAs
      found.set(image, { image, pulledAs, ...(digest !== undefined && { digest }) })
    }
  }
}
