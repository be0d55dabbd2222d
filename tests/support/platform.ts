import { join } from 'node:path'
import { stateFolder, type ProcessStatus, type StateFolder } from '@sundial/local'
import { inject } from 'vitest'
import { ROOT } from './command.ts'
import { PlatformClient } from './platform-client.ts'

let ownRoot: string | undefined

/** All that follows in this file of tests is about a platform of its own, below this state folder, and not the shared one. */
export function usePlatformOf(stateRoot: string): void {
  ownRoot = stateRoot
}

/** The state folder of the platform that the tests share, or of their own. */
export function sharedState(): StateFolder {
  process.env['SUNDIAL_STATE'] = ownRoot ?? inject('stateRoot')
  return stateFolder(ROOT, 'development')
}

/** The platform that the tests share. */
export function sharedPlatform(): PlatformClient {
  return new PlatformClient(sharedState())
}

export async function processes(): Promise<readonly ProcessStatus[]> {
  return (await sharedPlatform().status()).processes
}

export function processNamed(name: string): Promise<ProcessStatus> {
  return sharedPlatform().processNamed(name)
}

/** `127.0.0.1:<port>` of a process. */
export function addressOf(name: string, port: string): Promise<string> {
  return sharedPlatform().addressOf(name, port)
}

export function secretFile(name: string, key: string): string {
  return sharedPlatform().secretFile(name, key)
}

export function secret(name: string, key: string): Promise<string> {
  return sharedPlatform().secret(name, key)
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
