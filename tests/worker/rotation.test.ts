import { expect, test } from 'vitest'
import { api, order, result, start } from '../support/orders.ts'
import { addressOf, secret } from '../support/platform.ts'
import { logOf, newCertificate, newClientSecret, newEncryptionKey } from '../support/rotate.ts'

const PROCESSES = ['orders-worker', 'orders-api']
const CUSTOMERS = 3
const path = (orderId: string) => `/v1/workflows/fulfil-order/${orderId}`

/** How the provider answers a client that asks for a token with this secret. */
async function tokenStatus(client: string, clientSecret: string): Promise<number> {
  const response = await fetch(`http://${await addressOf('identity', 'http')}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'permissions' }),
  })
  return response.status
}

test('certificates, client secrets and the encryption key change under load: nothing fails, and what was written before is read', async () => {
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

  await newEncryptionKey(2)
  for (const name of PROCESSES) await newCertificate(name)
  for (const name of PROCESSES) {
    const previous = await newClientSecret(name)
    // Whoever asks for a token now, with the secret that it read before or with the new one, gets it. `npm run drill -- rotation` shows that they do ask.
    expect([await tokenStatus(name, previous), await tokenStatus(name, await secret(`client-${name}`, 'client-secret'))]).toEqual([200, 200])
    expect(await tokenStatus(name, `${previous}x`)).toBe(401)
  }
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
