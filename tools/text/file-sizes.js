import { readSources } from '../source-tree.js'

/** A file longer than this hides more than one thing. */
export const MAX_LINES = 300

/** Longer files that have a reason to be. @type {Readonly<Record<string, string>>} */
export const LONGER_FILES = {}

/** Written by programs, or by others: the length is not ours to choose. */
const NOT_HAND_WRITTEN =
  /(^|\/)(package-lock\.json|LICENSE)$|^deploy\/|^docs\/reference\/|^bench\/results\/|\/(generated|expected|fixtures|histories)\/|\.(snap|svg|jsonl)$/

/**
 * Hand-written files that are too long, and entries of the list of longer files that nothing needs.
 *
 * @param {ReadonlyMap<string, string>} sources by path
 * @param {Readonly<Record<string, string>>} [longer] reasons by path
 * @returns {string[]}
 */
export function checkFileSizes(sources, longer = LONGER_FILES) {
  const tooLong = new Map(
    [...sources]
      .map(([path, text]) => /** @type {[string, number]} */ ([path, lineCount(text)]))
      .filter(([path, lines]) => lines > MAX_LINES && !NOT_HAND_WRITTEN.test(path)),
  )
  return [
    ...[...tooLong]
      .filter(([path]) => !(path in longer))
      .map(([path, lines]) => `${path} has ${lines} lines, and ${MAX_LINES} are allowed; split it, or give a reason in tools/text/file-sizes.js`),
    ...Object.keys(longer)
      .filter((path) => !tooLong.has(path))
      .map((path) => `${path} is listed in tools/text/file-sizes.js as a longer file, and is not; take it out`),
  ]
}

/** @param {string} text */
function lineCount(text) {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}

/** @param {string} root @returns {string[]} */
export function fileSizes(root) {
  return checkFileSizes(readSources(root, () => true))
}
