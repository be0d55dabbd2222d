import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStatus, stateFolder, type ProcessStatus, type StateFolder } from '@sundial/local'
import { inject } from 'vitest'
import { ROOT } from './command.ts'

/** The state folder of the platform that the tests share. */
export function sharedState(): StateFolder {
  process.env['SUNDIAL_STATE'] = inject('stateRoot')
  return stateFolder(ROOT, 'development')
}

export async function processes(): Promise<readonly ProcessStatus[]> {
  const status = await readStatus(sharedState())
  if (!status) throw new Error('the platform of the tests does not run')
  return status.processes
}

export async function processNamed(name: string): Promise<ProcessStatus> {
  const found = (await processes()).find((process) => process.name === name)
  if (!found) throw new Error(`there is no process "${name}"`)
  return found
}

/** `127.0.0.1:<port>` of a process. */
export async function addressOf(name: string, port: string): Promise<string> {
  const number = (await processNamed(name)).ports[port]
  if (number === undefined) throw new Error(`"${name}" has no port "${port}"`)
  return `127.0.0.1:${number}`
}

export function secretFile(name: string, key: string): string {
  return join(sharedState().secrets, name, key)
}

export async function secret(name: string, key: string): Promise<string> {
  return (await readFile(secretFile(name, key), 'utf8')).trim()
}

/** Paths of a workload's certificate of a domain, with the root that it is of. */
export function certificateFiles(workload: string, domain: string): { certFile: string; keyFile: string; caFile: string } {
  const { certificates } = sharedState()
  return {
    certFile: join(certificates, workload, `${domain}.crt`),
    keyFile: join(certificates, workload, `${domain}.key`),
    caFile: join(certificates, `${domain}-ca.crt`),
  }
}
