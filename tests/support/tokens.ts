import { sharedPlatform } from './platform.ts'

/** A token as a client of the platform gets it: client credentials, with the client's own secret. */
export function tokenOf(client: string, scope?: string): Promise<string> {
  return sharedPlatform().tokenOf(client, scope)
}
