import { homedir } from 'node:os'
import { readSources } from '../source-tree.js'

/** @typedef {{ name: string, pattern: RegExp, files?: RegExp }} Rule what must not be in a line, of which files. Default: all */

/** @type {readonly Rule[]} */
export const RULES = [
  { name: 'an absolute path of one machine', pattern: /(?<![\w./-])\/(work|root|home|Users)\/[\w.-]/ },
  {
    name: 'the address of a package registry',
    pattern: /https?:\/\/(registry|proxy|sum|files|repo1?)\.(?!example\.)[\w.-]+/,
  },
  { name: 'work left for later', pattern: /\b(TODO|FIXME|XXX)\b/ },
  { name: 'a rule switched off without a reason; write "-- why" after it', pattern: /(oxlint|eslint)-disable(?!.* -- \S)/, files: /\.[jt]s$/ },
  {
    name: "a test that is skipped without a reason; use context.skip(condition, 'reason') inside of it",
    pattern: /\b(test|it|describe)\.(\w+\.)*(skipIf|runIf|skip|todo)\(/,
    files: /\.test\.[jt]s$/,
  },
  { name: 'an expected type error without a reason; write it after', pattern: /@ts-(expect-error|ignore|nocheck)\s*$/, files: /\.[jt]s$/ },
]

/**
 * Lines that must not be in the tree, with what is wrong. The folder of this very checkout counts as a path of one machine.
 *
 * @param {ReadonlyMap<string, string>} sources by path
 * @param {readonly string[]} [machinePaths] Default: none
 * @returns {string[]}
 */
export function findForbiddenWords(sources, machinePaths = []) {
  return [...sources].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const broken = RULES.filter(({ pattern, files }) => pattern.test(line) && (files?.test(path) ?? true)).map(({ name }) => name)
      if (machinePaths.some((machinePath) => line.includes(machinePath)) && !broken.includes('an absolute path of one machine'))
        broken.push('an absolute path of one machine')
      return broken.map((name) => `${path}:${index + 1}: ${name}: ${line.trim().slice(0, 120)}`)
    }),
  )
}

/** These two must write what they look for. */
const ITSELF = /^tools\/text\/forbidden-words(\.test)?\.js$/

/** @param {string} root @returns {string[]} */
export function forbiddenWords(root) {
  const machinePaths = [root, homedir()].filter((path) => path.split('/').length > 2)
  return findForbiddenWords(
    readSources(root, (path) => !ITSELF.test(path)),
    machinePaths,
  )
}
