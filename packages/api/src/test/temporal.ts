import { createLogger, TemporalAccess, type TemporalSettings } from '@sundial/runtime'
import { openTemporal, type Temporal } from '../temporal/temporal.ts'

/** A client of the namespace `orders`. @param settings default: no encryption, no credentials */
export function openTestTemporal(address: string, settings: Partial<TemporalSettings> = {}, lookEveryMs?: number): Promise<Temporal> {
  const access = new TemporalAccess({ address, namespace: 'orders', credentials: { kind: 'none' }, ...settings }, createLogger('test', 'silent'), lookEveryMs)
  return openTemporal(access, 'orders')
}
