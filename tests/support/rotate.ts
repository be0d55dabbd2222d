import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { issue, platformRoot } from './issue-certificate.ts'
import { certificateFiles, secretFile, sharedState } from './platform.ts'

/** As whoever changes secrets does it: nobody sees half a file, or takes the unfinished one for a key. */
async function replace(file: string, content: string): Promise<void> {
  const unfinished = join(dirname(file), `.${basename(file)}.new`)
  await writeFile(unfinished, content, { mode: 0o600 })
  await rename(unfinished, file)
}

/** A new client certificate of the same root. */
export async function newCertificate(workload: string): Promise<void> {
  const { certFile, keyFile } = certificateFiles(workload, 'client')
  const { cert, key } = await issue(await platformRoot('client'))
  await replace(keyFile, key)
  await replace(certFile, cert)
}

/** A key of the orders application, with which payloads are encrypted from then on. The first one has the id `1`. */
export async function newEncryptionKey(id: number): Promise<void> {
  await replace(secretFile('orders-payload-keys', String(id)), randomBytes(32).toString('base64'))
}

/** A new secret, for the client and for the provider, who read the same file. Gives the one that was before. */
export async function newClientSecret(client: string): Promise<string> {
  const file = secretFile(`client-${client}`, 'client-secret')
  const before = (await readFile(file, 'utf8')).trim()
  await replace(file, randomBytes(24).toString('hex'))
  return before
}

/** What a process has written so far. */
export async function logOf(name: string): Promise<string> {
  return readFile(join(sharedState().logs, `${name}.log`), 'utf8')
}
