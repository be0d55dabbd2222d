import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStatus, type ProcessStatus, type StateFolder, type SupervisorStatus } from '@sundial/local'

/** The platform, or what is asked for of it, is not there at this moment. */
export class NotThereError extends Error {
  override readonly name = 'NotThereError'
}

/** What runs in a state folder, as a program beside it sees it. */
export class PlatformClient {
  readonly state: StateFolder

  constructor(state: StateFolder) {
    this.state = state
  }

  async status(): Promise<SupervisorStatus> {
    const status = await readStatus(this.state)
    if (!status) throw new NotThereError(`the platform in ${this.state.root} does not run`)
    return status
  }

  async processNamed(name: string): Promise<ProcessStatus> {
    const found = (await this.status()).processes.find((process) => process.name === name)
    if (!found) throw new NotThereError(`there is no process "${name}"`)
    return found
  }

  /** Everything that runs until it is stopped. */
  async services(): Promise<readonly ProcessStatus[]> {
    return (await this.status()).processes.filter(({ kind }) => kind === 'service')
  }

  /** `127.0.0.1:<port>` of a process. */
  async addressOf(name: string, port: string): Promise<string> {
    const number = (await this.processNamed(name)).ports[port]
    if (number === undefined) throw new Error(`"${name}" has no port "${port}"`)
    return `127.0.0.1:${number}`
  }

  secretFile(name: string, key: string): string {
    return join(this.state.secrets, name, key)
  }

  async secret(name: string, key: string): Promise<string> {
    return (await readFile(this.secretFile(name, key), 'utf8')).trim()
  }

  /** A token as a client of the platform gets it: client credentials, with the client's own secret. */
  async tokenOf(client: string, scope = 'permissions'): Promise<string> {
    const issuer = `http://${await this.addressOf('identity', 'http')}`
    const { token_endpoint: endpoint } = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as { token_endpoint: string }
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${await this.secret(`client-${client}`, 'client-secret')}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
    })
    if (!response.ok) throw new Error(`no token for ${client}: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { access_token: string }).access_token
  }
}
