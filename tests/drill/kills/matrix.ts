/** One step of the drill: these processes get SIGKILL at the same moment. */
export type Kill = readonly string[]

/**
 * Every process alone, and then every two of them. Pairs come as in a tournament, where everybody plays in each round: kills of one process are
 * spread over the whole drill.
 */
export function killMatrix(processes: readonly string[]): readonly Kill[] {
  return [...processes.map((name) => [name]), ...tournament(processes)]
}

/** The first stays in its place, all others move on by one after each round; who stands opposite to nobody rests. */
function tournament(players: readonly string[]): Kill[] {
  const seats: (string | undefined)[] = players.length % 2 === 0 ? [...players] : [undefined, ...players]
  const [fixed, ...others] = seats
  return others.flatMap((_, round) => {
    const turned = [fixed, ...others.slice(round), ...others.slice(0, round)]
    return turned.slice(0, turned.length / 2).flatMap((one, place) => {
      const other = turned[turned.length - 1 - place]
      return one === undefined || other === undefined ? [] : [[one, other]]
    })
  })
}
