import type { ProcessSpec } from '@sundial/platform/process'
import { reservePort } from '../ports/reserve-port.ts'

/**
 * Says which of the ports that a process is about to listen on another program has. Its answers would count as those of the process, for as long
 * as that one does not listen itself.
 */
export async function takenPort(ports: ProcessSpec['ports']): Promise<string | undefined> {
  for (const [name, { number }] of Object.entries(ports)) {
    const reservation = await reservePort(number)
    if (reservation === undefined) return `its port ${number} (${name}) is in use by another program`
    await reservation.release()
  }
  return undefined
}
