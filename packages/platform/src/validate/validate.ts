import { joinPath, type Location } from '../model/diagnostics.ts'
import type { AnyObject } from './any-object.ts'
import { Cursor } from './cursor.ts'
import { shownObject } from './object-names.ts'
import { RULES } from './registry.ts'
import type { Finding, Problem, Rule } from './rule.ts'
import { Tree, type TreeOptions } from './tree.ts'

export interface ValidateOptions extends TreeOptions {
  /** @default all */
  readonly rules?: readonly Rule[]
  /** Where something is written, if the objects come from files. */
  readonly locate?: (object: AnyObject, path: readonly (string | number)[]) => Location | undefined
}

/** Everything that is wrong with Kubernetes objects that belong together. They may be of anyone; nothing is asked of a cluster. */
export function validateObjects(objects: readonly AnyObject[], { rules = RULES, locate, ...options }: ValidateOptions = {}): Finding[] {
  const tree = new Tree(objects, options)
  return rules.flatMap((rule) => [...rule.check(tree)].map((problem) => findingOf(rule, problem, locate)))
}

function findingOf({ id, severity }: Rule, { at, message, hint }: Problem, locate: ValidateOptions['locate']): Finding {
  const location = locate?.(at.object, at.path)
  return {
    rule: id,
    severity,
    object: shownObject(Cursor.of(at.object)),
    path: joinPath(at.path),
    message,
    ...(hint !== undefined && { hint }),
    ...(location && { location }),
  }
}
