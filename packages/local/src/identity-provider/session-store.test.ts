import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { SessionStore } from './session-store.ts'

const fail = (error: unknown): never => {
  throw error
}

test('an unfinished sign-in goes before a session when there are too many', async () => {
  const store = new SessionStore(undefined, fail)
  await store.adapter('Session').upsert('mine', { uid: 'u' }, 3600)
  await store.adapter('Interaction').upsert('first', {}, 3600)
  for (let count = 0; count < 10_000; count++) await store.adapter('Interaction').upsert(`step ${count}`, {}, 3600)
  expect(await store.adapter('Interaction').find('first')).toBeUndefined()
  expect(await store.adapter('Interaction').find('step 9999')).toBeDefined()
  expect(await store.adapter('Session').findByUid('u')).toEqual({ uid: 'u' })
})

test('what has expired is not found', async () => {
  const tokens = new SessionStore(undefined, fail).adapter('RefreshToken')
  await tokens.upsert('old', { grantId: 'g' }, 0)
  await tokens.upsert('new', { grantId: 'g' }, 60)
  expect([await tokens.find('old'), await tokens.find('new')]).toEqual([undefined, { grantId: 'g' }])
})

test('revoking a grant takes its tokens, and no others', async () => {
  const tokens = new SessionStore(undefined, fail).adapter('RefreshToken')
  await tokens.upsert('a', { grantId: 'g' }, 60)
  await tokens.upsert('b', { grantId: 'h' }, 60)
  await tokens.revokeByGrantId('g')
  expect([await tokens.find('a'), await tokens.find('b')]).toEqual([undefined, { grantId: 'h' }])
})

test('a write that fails is told, and the store works on', async () => {
  const errors: unknown[] = []
  const folder = mkdtempSync(join(tmpdir(), 'sundial-sessions-'))
  const file = join(folder, 'sessions.json')
  const store = new SessionStore(file, (error) => errors.push(error))
  mkdirSync(file)
  await store.adapter('Session').upsert('mine', { uid: 'u' }, 60)
  expect(errors).toHaveLength(1)
  expect(await store.adapter('Session').find('mine')).toEqual({ uid: 'u' })
  rmSync(folder, { recursive: true })
})
