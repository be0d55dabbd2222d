import type { ManagedProcess } from './managed-process.ts'

/** Stops every process after all that need it, those that do not depend on each other at the same time. */
export async function stopInOrder(processes: readonly ManagedProcess[]): Promise<void> {
  const stopped = new Map<string, Promise<void>>()
  const stop = (one: ManagedProcess): Promise<void> => {
    const known = stopped.get(one.spec.name)
    if (known !== undefined) return known
    const dependents = processes.filter(({ spec }) => spec.needs.some(({ anyOf }) => anyOf.includes(one.spec.name)))
    const done = Promise.all(dependents.map(stop)).then(async () => await one.stop())
    stopped.set(one.spec.name, done)
    return done
  }
  await Promise.all(processes.map(stop))
}
