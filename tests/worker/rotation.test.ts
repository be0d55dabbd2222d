import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { issue, platformRoot } from '../support/issue-certificate.ts'
import { api, order, result, start } from '../support/orders.ts'
import { certificateFiles, secretFile, sharedState } from '../support/platform.ts'

const PROCESSES = ['orders-worker', 'orders-api']
const CUSTOMERS = 3
const path = (orderId: string) => `/v1/workflows/fulfil-order/${orderId}`

/** As whoever changes secrets does it: nobody sees half a file. */
async function replace(file: string, content: string): Promise<void> {
  await writeFile(`${file}.new`, content, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

async function giveNewCertificate(workload: string): Promise<void> {
  const { certFile, keyFile } = certificateFiles(workload, 'client')
  const { cert, key } = await issue(await platformRoot('client'))
  await replace(keyFile, key)
  await replace(certFile, cert)
}

/** The words of a process so far. */
const logOf = async (name: string) => readFile(join(sharedState().logs, `${name}.log`), 'utf8')

test('certificates and the encryption key change under load: nothing fails, and what was written before is read', async () => {
  const before = order()
  await start(before)
  expect((await result(before.orderId)).status).toBe(200)

  const closing = new AbortController()
  let done = 0
  const failures: unknown[] = []
  const buy = async () => {
    while (!closing.signal.aborted) {
      const input = order()
      const started = await start(input)
      if (started.status === 201) {
        const { status, body } = await result(input.orderId)
        if (status === 200) done++
        else failures.push({ status, body })
      } else failures.push(started)
    }
  }
  const customers = Array.from({ length: CUSTOMERS }, buy)
  await expect.poll(() => done, { timeout: 30_000 }).toBeGreaterThan(CUSTOMERS)

  await replace(secretFile('orders-payload-keys', '2'), randomBytes(32).toString('base64'))
  for (const name of PROCESSES) await giveNewCertificate(name)
  for (const name of PROCESSES) {
    const said = async (words: string) => (await logOf(name)).includes(words)
    await expect.poll(() => said('payloads are encrypted with another key'), { timeout: 30_000, interval: 200 }).toBe(true)
    await expect.poll(() => said('the certificates for Temporal were replaced'), { timeout: 30_000, interval: 200 }).toBe(true)
  }
  // On the new connections, with the new key.
  const then = done
  await expect.poll(() => done, { timeout: 30_000 }).toBeGreaterThan(then + 2 * CUSTOMERS)
  closing.abort()
  await Promise.all(customers)
  expect(failures).toEqual([])

  // The API reads the result, and a worker goes through the whole history to answer the query.
  expect((await result(before.orderId)).body.result).toMatchObject({ orderId: before.orderId })
  expect((await api('GET', `${path(before.orderId)}/queries/status`)).body.result).toMatchObject({ step: 'completed' })
})
