import { RELEASE_WAVES } from '../../systems/waves.ts'
import { CLUSTER_UNIT, FOUNDATION_UNIT } from '../units.ts'

/**
 * When the objects of a unit come, among the charts. Issuers, roots and the store of secrets come together with Vault: they are healthy when people have unsealed
 * it. A namespace comes with the charts that stand in it, since each needs the other's secrets and kinds.
 */
const UNIT_WAVES: Readonly<Record<string, number>> = {
  [FOUNDATION_UNIT]: 0,
  [CLUSTER_UNIT]: RELEASE_WAVES.secretStore,
  security: RELEASE_WAVES.secretStore,
  argocd: RELEASE_WAVES.operators,
  gateway: RELEASE_WAVES.operators,
  monitoring: RELEASE_WAVES.operators,
  operators: RELEASE_WAVES.operators,
  identity: RELEASE_WAVES.services,
  'api-management': RELEASE_WAVES.late,
  logging: RELEASE_WAVES.late,
  'temporal-backend': 8,
  'temporal-product': 9,
}

export function unitWave(unit: string): number {
  const wave = UNIT_WAVES[unit]
  if (wave === undefined) throw new Error(`nobody says when the unit "${unit}" comes`)
  return wave
}
