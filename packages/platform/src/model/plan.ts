import type { Connection, ExternalService, ManagedService, Party } from './parties.ts'
import type { Platform } from './platform.ts'
import type { Database, OidcClient, Secret } from './resources.ts'
import type { Workload } from './workload.ts'

/** The platform resolved for one environment, the same for every target. Every list is sorted by name. */
export interface Plan {
  readonly platform: Platform
  readonly parties: readonly Party[]
  readonly connections: readonly Connection[]
  readonly secrets: readonly Secret[]
  readonly databases: readonly Database[]
  readonly clients: readonly OidcClient[]
  /** Settings that can never be changed once there are data, by path. */
  readonly fixedSettings: Readonly<Record<string, number>>
  /** Settings that may be changed while there are data, with what that means for them, by path. */
  readonly dataSettings: Readonly<Record<string, DataSetting>>
}

export interface DataSetting {
  readonly value: string
  /** What people are told when it was another value with the data that are there. */
  readonly ifChanged: string
}

export function workloadsOf(plan: Plan): Workload[] {
  return plan.parties.filter((party): party is Workload => party.kind === 'workload')
}

export function managedServicesOf(plan: Plan): ManagedService[] {
  return plan.parties.filter((party): party is ManagedService => party.kind === 'managed')
}

export function externalServicesOf(plan: Plan): ExternalService[] {
  return plan.parties.filter((party): party is ExternalService => party.kind === 'external')
}
