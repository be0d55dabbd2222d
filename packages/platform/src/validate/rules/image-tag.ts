import { imageParts, imagesOf } from '../images.ts'
import type { Rule } from '../rule.ts'

export const imageTag: Rule = {
  id: 'image-tag',
  meaning: 'Every image has a tag that means one thing: not "latest", and not none.',
  why: 'Nobody can say what runs, two nodes may run two things, and there is no going back.',
  severity: 'error',
  *check(tree) {
    for (const image of imagesOf(tree)) {
      const { tag, digest } = imageParts(image.text ?? '')
      if (digest === undefined && (tag === undefined || tag === 'latest'))
        yield image.problem(`"${image.text}" ${tag === undefined ? 'has no tag' : 'is whatever is latest'}`, 'Name a version, or a digest.')
    }
  },
}
