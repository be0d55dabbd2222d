import { SundialError } from '@sundial/platform/errors'
import { isLoopback } from './challenge.ts'
import { parseImage } from './image-name.ts'
import { Registries, type RegistryOptions } from './registry.ts'

/** An image by its own name, and by the name that it is pulled by, through a mirror where there is one. */
export interface WantedImage {
  readonly image: string
  readonly pulledAs: string
}

/** Registries answer in their own time, and count who asks too much. */
const AT_ONCE = 4

/**
 * Asks for every image's digest.
 * @returns digests by the images' own names, sorted
 * @throws SundialError `SUN_IMAGE_UNRESOLVED` with every image that could not be found, after all were tried
 */
export async function resolveDigests(images: readonly WantedImage[], options: RegistryOptions = {}): Promise<Readonly<Record<string, string>>> {
  const wanted = images.map((image) => ({ ...image, name: parseImage(image.pulledAs) }))
  if (options.insecure) for (const { name } of wanted) refuseToGoOut(name.registry)
  const registries = new Registries(options)
  const digests = new Map<string, string>()
  const failures: string[] = []
  const waiting = [...wanted]
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { image, name } = next
      try {
        digests.set(image, name.digest ?? (await registries.digest(name)))
      } catch (error) {
        options.signal?.throwIfAborted()
        failures.push(`${image}: ${(error as Error).message}`)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  if (failures.length > 0) {
    throw new SundialError('SUN_IMAGE_UNRESOLVED', `digests of ${failures.length} images could not be found:\n${failures.toSorted().join('\n')}`, {
      hint: 'Check the names and tags, the network, and your login (docker login). Where registries are reached through a mirror only, set kubernetes.images.mirror.',
    })
  }
  return Object.fromEntries([...digests].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** What goes in clear can be changed on the way, and then a wrong digest would be pinned. */
function refuseToGoOut(registry: string): void {
  if (isLoopback(new URL(`http://${registry}`).hostname)) return
  throw new SundialError('SUN_USAGE', `--insecure is for a registry on this machine, and ${registry} is not on it`, { hint: 'Leave --insecure out.' })
}
