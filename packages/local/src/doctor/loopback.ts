import { reservePort } from '../ports/reserve-port.ts'
import { ok, problem, warning, type Check } from './check.ts'

/** All processes of a local platform talk over 127.0.0.1, and people open localhost. */
export const loopback: Check = {
  name: 'loopback',
  async run({ machine }) {
    const reservation = await reservePort(0).catch(() => undefined)
    if (!reservation) return [problem('nothing can listen on 127.0.0.1', 'the loopback address', 'bring the interface up: sudo ip link set lo up')]
    await reservation.release()
    const addresses = await machine.resolve('localhost').catch((): string[] => [])
    const strange = addresses.filter((address) => !address.startsWith('127.') && address !== '::1')
    const fix = 'write into /etc/hosts: 127.0.0.1 localhost'
    if (strange.length > 0) return [problem(`localhost is ${strange.join(', ')}`, '127.0.0.1', fix)]
    if (!addresses.includes('127.0.0.1'))
      return [warning(`localhost is ${addresses.join(', ') || 'unknown'}`, '127.0.0.1, where addresses with localhost are opened', fix)]
    return [ok('127.0.0.1 works, and localhost is it')]
  },
}
