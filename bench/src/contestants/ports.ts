import { choosePorts, claimPorts } from '@sundial/local'

/** Where the search for free ports begins: away from the ports that Sundial and Temporal prefer. */
const FIRST_PORT = 20_000

/** A free port for each name, which no platform of this user has either. The same ones as long as they are free. */
export async function freePorts<Name extends string>(folder: string, names: readonly Name[]): Promise<Readonly<Record<Name, number>>> {
  const requests = names.map((key, index) => ({ key, preferred: FIRST_PORT + index }))
  return claimPorts(folder, (taken) => choosePorts(requests, {}, taken))
}
