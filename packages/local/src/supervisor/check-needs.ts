import type { ProcessSpec } from '@sundial/platform/process'

/** What is wrong with the order of processes: nothing of it could ever start. Empty when all is well. */
export function checkNeeds(processes: readonly ProcessSpec[]): readonly string[] {
  const problems: string[] = []
  const earlier = new Map<string, ProcessSpec>()
  for (const spec of processes) {
    if (earlier.has(spec.name)) problems.push(`${spec.name} is there twice`)
    for (const { process, until } of spec.needs.flatMap((need) => need.anyOf.map((name) => ({ process: name, until: need.until })))) {
      const needed = earlier.get(process)
      const where = `${spec.name} needs ${process} to be ${until}`
      if (needed === undefined) problems.push(`${where}, which does not stand before it`)
      else if (needed.kind === 'task') problems.push(`${where}, which is a task and runs only when asked for`)
      else if (until === 'completed' && needed.kind === 'service') problems.push(`${where}, which is a service and never completes`)
    }
    earlier.set(spec.name, spec)
  }
  return problems
}
