/** One step of the drill: these processes get SIGKILL at the same moment. */
export type Kill = readonly string[]

/** Every process alone, and then every two of them. */
export function killMatrix(processes: readonly string[]): readonly Kill[] {
  const pairs = processes.flatMap((first, index) => processes.slice(index + 1).map((second) => [first, second]))
  return [...processes.map((name) => [name]), ...pairs]
}
