import type { TrustDomain } from '../../model/values.ts'
import type { Machine } from './machine.ts'

/** Where things are below the state folder. */
export function secretPath(machine: Machine, name: string, key: string): string {
  return `${secretFolderPath(machine, name)}/${key}`
}
export function secretFolderPath({ stateFolder }: Machine, name: string): string {
  return `${stateFolder}/secrets/${name}`
}
export function certificatePath({ stateFolder }: Machine, workload: string, domain: TrustDomain): { certFile: string; keyFile: string } {
  const base = `${stateFolder}/certificates/${workload}/${domain}`
  return { certFile: `${base}.crt`, keyFile: `${base}.key` }
}
export function trustPath({ stateFolder }: Machine, domain: TrustDomain): { caFile: string; keyFile: string } {
  return { caFile: `${stateFolder}/certificates/${domain}-ca.crt`, keyFile: `${stateFolder}/certificates/roots/${domain}-ca.key` }
}
export function configPath({ stateFolder }: Machine, workload: string): string {
  return `${stateFolder}/config/${workload}`
}
export function volumePath({ stateFolder }: Machine, name: string): string {
  return `${stateFolder}/data/${name}`
}
