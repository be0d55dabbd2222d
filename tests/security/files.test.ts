import { beforeAll, describe, expect, test } from 'vitest'
import { entriesBelow, type Entry } from '../support/files.ts'
import { certificateFiles, secretFile, sharedState } from '../support/platform.ts'

let entries: readonly Entry[]
beforeAll(async () => (entries = await entriesBelow(sharedState().root)))

const others = (kind: Entry['kind'], mode: string) => entries.filter((entry) => entry.kind === kind && entry.mode !== mode)

describe('below the state folder', () => {
  test('every folder is open to its owner alone', () => {
    expect(entries.filter(({ kind }) => kind === 'folder').length).toBeGreaterThan(30)
    expect(others('folder', '0700')).toEqual([])
  })

  test('every file is readable by its owner alone, save certificates, which are public', () => {
    const paths = new Set(entries.map(({ path }) => path))
    const { root, logs, config, data, run } = sharedState()
    // What is looked at includes each kind of file that must be private.
    for (const path of [
      secretFile('identity-signing', 'jwk'),
      certificateFiles('orders-worker', 'client').keyFile,
      `${sharedState().certificates}/roots/internode-ca.key`,
      `${config}/temporal-frontend/temporal.yaml`,
      `${data}/postgresql/pg_hba.conf`,
      `${logs}/temporal-frontend.log`,
      `${run}/status.json`,
      `${root}/ports.json`,
    ])
      expect(paths).toContain(path)
    const isCertificate = ({ path }: Entry) => path.startsWith(`${sharedState().certificates}/`) && path.endsWith('.crt')
    expect(others('file', '0600').filter((entry) => !isCertificate(entry))).toEqual([])
    expect(entries.filter(isCertificate).every(({ mode }) => mode === '0644' || mode === '0600')).toBe(true)
  })

  test('there is nothing but files and folders, and the socket by which its owner asks the supervisor', () => {
    expect(entries.filter(({ kind }) => kind === 'other')).toEqual([{ path: `${sharedState().run}/control.sock`, kind: 'other', mode: '0600' }])
  })
})
