import { SundialError, type EnvironmentName } from '@sundial/platform'
import { pulledImages, unlockedImages, type RenderedCluster } from '@sundial/platform/kubernetes'

/** As many are named; the others are counted. */
const NAMED = 5

/**
 * Production pulls what was looked at, and nothing else: each image by its digest.
 * @throws SundialError `SUN_IMAGE_UNLOCKED` with the images that have none
 */
export function requireLocked(clusters: ReadonlyMap<EnvironmentName, RenderedCluster>): void {
  const unlocked = unlockedImages(pulledImages(clusters.get('production')?.objects ?? [], {}))
  if (unlocked.length === 0) return
  const more = unlocked.length > NAMED ? `, and ${unlocked.length - NAMED} more` : ''
  throw new SundialError('SUN_IMAGE_UNLOCKED', `production would pull ${unlocked.length} images by tags: ${unlocked.slice(0, NAMED).join(', ')}${more}`, {
    hint: 'Run ./sundial images lock where the registries can be reached, or say --allow-unlocked.',
  })
}
