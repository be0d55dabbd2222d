// Prints docs/reference/rules.md from the table of rules: `node tools/rule-reference.js > docs/reference/rules.md`.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './bootstrap.js'

/**
 * @typedef {{ id: string, meaning: string, why: string, severity: string }} Rule
 * @typedef {{ title: string, rules: readonly Rule[] }} RuleGroup
 */

const INTRODUCTION = `# Rules of validate

What \`./sundial validate\` looks for in Kubernetes objects, of this platform or of anybody. \`--rule ID\` asks for one rule, \`--skip ID\` leaves one out; both can be repeated.
An error would fail in a cluster, or be unsafe, and gives exit code 1; a warning works, and is a bad idea. How to use it: [Check Kubernetes objects](../how-to/check-kubernetes-objects.md).`

/** @param {readonly RuleGroup[]} groups */
export function ruleReference(groups) {
  const sections = groups.flatMap(({ title, rules }) => [`## ${title}`, ...rules.map((rule) => section(rule))])
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`
}

/** @param {Rule} rule */
function section({ id, meaning, why, severity }) {
  return [`### ${id}`, `${meaning} (${severity})`, `Why: ${why}`].join('\n\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { RULE_GROUPS } = await import(pathToFileURL(join(root, 'packages/platform/dist/validate/index.js')).href)
  process.stdout.write(ruleReference(RULE_GROUPS))
}
