import { imageParts, imagesOf } from '../images.ts'
import type { Rule } from '../rule.ts'

export const imageDigest: Rule = {
  id: 'image-digest',
  meaning: 'In production, every image is pulled by its digest.',
  why: 'A tag can be moved to something that nobody tested.',
  severity: 'error',
  *check(tree) {
    if (tree.options.production !== true) return
    for (const image of imagesOf(tree)) {
      // One without a tag is wrong already.
      const { tag, digest } = imageParts(image.text ?? '')
      if (digest === undefined && tag !== undefined && tag !== 'latest')
        yield image.problem(`"${image.text}" has no digest`, 'Write what the registry says after it: @sha256:….')
    }
  },
}
