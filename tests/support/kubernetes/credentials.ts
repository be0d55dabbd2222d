import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the programs of a control plane know each other by. */
export interface Credentials {
  /** Lines of `<token>,<user>,<uid>,<group>`: the only user is an administrator. */
  readonly tokenFile: string
  /** Signs service accounts' tokens. */
  readonly serviceAccountKey: string
  /** The API server makes its certificate here, and is trusted by it. */
  readonly certificateFolder: string
  readonly kubeconfig: string
}

export async function writeCredentials(folder: string, port: number): Promise<Credentials> {
  const token = randomBytes(24).toString('hex')
  const certificateFolder = join(folder, 'apiserver')
  const files = { tokenFile: join(folder, 'tokens.csv'), serviceAccountKey: join(folder, 'service-accounts.key'), kubeconfig: join(folder, 'kubeconfig') }
  await writeFile(files.tokenFile, `${token},admin,admin,system:masters\n`, { mode: 0o600 })
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await writeFile(files.serviceAccountKey, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 })
  await writeFile(files.kubeconfig, JSON.stringify(kubeconfig(port, token, join(certificateFolder, 'apiserver.crt'))), { mode: 0o600 })
  return { ...files, certificateFolder }
}

function kubeconfig(port: number, token: string, certificateAuthority: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: `https://127.0.0.1:${port}`, 'certificate-authority': certificateAuthority } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    'current-context': 'test',
  }
}
