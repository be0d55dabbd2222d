import { afterEach, expect, test, vi } from 'vitest'
import { startIssuer } from '../test/issuer.ts'
import { probeKeys } from './key-probe.ts'
import { createVerifier } from './verifier.ts'

afterEach(() => void vi.useRealTimers())

test('is well once the keys were had, however long the issuer is away then', async () => {
  const issuer = await startIssuer()
  const probe = probeKeys(createVerifier({ issuer: issuer.url, audience: 'orders-api' }))
  expect(probe.state()).toMatchObject({ ok: false })
  await expect.poll(() => probe.state()).toEqual({ ok: true })
  await issuer.close()
  vi.useFakeTimers({ toFake: ['performance'] })
  vi.advanceTimersByTime(86_400_000)
  expect(performance.now()).toBeGreaterThan(86_000_000)
  expect(probe.state()).toEqual({ ok: true })
  probe.close()
})

test('says what is wrong while the keys were never had', async () => {
  const issuer = await startIssuer()
  await issuer.close()
  const probe = probeKeys(createVerifier({ issuer: issuer.url, audience: 'orders-api' }))
  await expect.poll(() => probe.state().message).toMatch(/^keys of the identity provider: .* did not answer: connect ECONNREFUSED/)
  probe.close()
})
