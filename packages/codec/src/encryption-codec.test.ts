import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common'
import { createLogger } from '@sundial/runtime'
import { expect, onTestFinished, test } from 'vitest'
import { EncryptionCodec } from './encryption-codec.ts'
import { KeyRing } from './key-ring.ts'

function keyFolder(...ids: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const id of ids) addKey(folder, id)
  return folder
}

function addKey(folder: string, id: string): void {
  writeFileSync(join(folder, id), randomBytes(32).toString('base64'))
}

async function codecOf(folder: string, { namespace = 'orders', lookEveryMs = 0, compressAboveBytes = 0 } = {}) {
  return new EncryptionCodec({ keys: await KeyRing.open(folder, { logger: createLogger('test', 'silent'), lookEveryMs }), namespace, compressAboveBytes })
}

const of = (workflowId: string, namespace = 'orders'): SerializationContext => ({ type: 'workflow', namespace, workflowId })
const payloadOf = (value: unknown) => defaultPayloadConverter.toPayload(value)
const valueOf = (payload: Payload | undefined) => defaultPayloadConverter.fromPayload(payload!)
const keyIdOf = (payload: Payload | undefined) => Buffer.from(payload?.metadata?.['encryption-key-id'] ?? []).toString()

test('what it wrote it reads, and nobody else does', async () => {
  const codec = await codecOf(keyFolder('1'))
  const clear = [payloadOf({ card: '4242' }), payloadOf(undefined), payloadOf(new Uint8Array([1, 2]))]
  const written = await codec.encode(clear, of('a'))
  expect(Buffer.from(written[0]!.data!).toString('latin1')).not.toContain('4242')
  expect((await codec.decode(written, of('a'))).map(valueOf)).toEqual([{ card: '4242' }, undefined, new Uint8Array([1, 2])])
  // The same value is never written as the same bytes.
  const [again] = await codec.encode([clear[0]!], of('a'))
  expect(again!.data).not.toEqual(written[0]!.data)
  const other = await codecOf(keyFolder('1'))
  await expect(other.decode(written, of('a'))).rejects.toThrow('cannot be decrypted with the key "1"')
})

test('leaves alone what is not encrypted, and what is already', async () => {
  const codec = await codecOf(keyFolder('1'))
  const clear = payloadOf('before')
  expect(await codec.decode([clear], of('a'))).toEqual([clear])
  const written = await codec.encode([clear], of('a'))
  expect(await codec.encode(written, of('a'))).toEqual(written)
})

const SCHEDULED = 'report-2026-11-24T09:00:00Z'
test.each<[string, SerializationContext | undefined, SerializationContext | undefined]>([
  ['the workflow', of('a'), of('a')],
  ['its activity', of('a'), { type: 'activity', namespace: 'orders', workflowId: 'a', activityId: '1', isLocal: false }],
  ['one who does not say where', of('a'), undefined],
  ['anybody of the namespace, when it was written without a workflow', undefined, of('a')],
  ['the workflow that a schedule starts', of('report'), of(SCHEDULED)],
  ['the next run of a schedule', of(SCHEDULED), of('report-2026-11-25T09:00:00Z')],
])('is read by %s', async (_, writer, reader) => {
  const codec = await codecOf(keyFolder('1'))
  expect((await codec.decode(await codec.encode([payloadOf('x')], writer), reader)).map(valueOf)).toEqual(['x'])
})

test.each<[string, SerializationContext | undefined, SerializationContext | undefined, string]>([
  ['another workflow', of('a'), of('b'), 'it belongs to the workflow "a", not to "b"'],
  ['a workflow whose id only begins like it', of('a'), of('a-2026'), 'not to "a-2026"'],
  ['another namespace', of('a', 'shop'), of('a'), 'it belongs to the namespace "shop", not to "orders"'],
])('is refused in the place of %s', async (_, writer, reader, message) => {
  const codec = await codecOf(keyFolder('1'))
  await expect(codec.decode(await codec.encode([payloadOf('x')], writer), reader)).rejects.toThrow(message)
})

interface Written {
  metadata: Record<string, Uint8Array>
  data: Uint8Array
}

test.each<[string, (payload: Written) => void]>([
  ['its bytes', ({ data }) => void (data[data.length >> 1]! ^= 1)],
  ['its authentication tag', ({ data }) => void (data[data.length - 1]! ^= 1)],
  ['its workflow', ({ metadata }) => void (metadata['encryption-workflow-id'] = Buffer.from('b'))],
  ['that it has a workflow', ({ metadata }) => void delete metadata['encryption-workflow-id']],
  ['its compression', ({ metadata }) => void (metadata['encryption-compression'] = Buffer.from('gzip'))],
  ['its key', ({ metadata }) => void (metadata['encryption-key-id'] = Buffer.from('1'))],
  ['its cipher', ({ metadata }) => void (metadata['encryption-cipher'] = Buffer.from('none'))],
  ['its length', (payload) => void (payload.data = payload.data.subarray(0, 20))],
])('is refused when somebody changed %s', async (_, change) => {
  const codec = await codecOf(keyFolder('1', '2'))
  const [written] = await codec.encode([payloadOf('x')], of('a'))
  const changed: Written = { metadata: { ...written!.metadata }, data: Uint8Array.from(written!.data!) }
  expect((await codec.decode([changed])).map(valueOf)).toEqual(['x'])
  change(changed)
  // Even where nobody knows to which workflow it should belong.
  await expect(codec.decode([changed])).rejects.toMatchObject({ name: 'CodecError' })
})

test('compresses what is large and becomes less', async () => {
  const codec = await codecOf(keyFolder('1'), { compressAboveBytes: 1000 })
  const values = ['a'.repeat(100_000), 'a'.repeat(500), new Uint8Array(randomBytes(2000))]
  const written = await codec.encode(values.map(payloadOf), of('a'))
  expect(written[0]!.data!.length).toBeLessThan(2000)
  expect(written.map(({ metadata }) => 'encryption-compression' in metadata!)).toEqual([true, false, false])
  expect((await codec.decode(written, of('a'))).map(valueOf)).toEqual(values)
})

test('goes on with a new key, reads what older ones wrote, and says which is missing', async () => {
  const folder = keyFolder('9')
  const writer = await codecOf(folder)
  const reader = await codecOf(folder, { lookEveryMs: 60_000 })
  const [before] = await writer.encode([payloadOf('before')], of('a'))
  addKey(folder, '10')
  const [after] = await writer.encode([payloadOf('after')], of('a'))
  expect([before, after].map(keyIdOf)).toEqual(['9', '10'])
  // The reader looked at its folder a moment ago, and finds the new key all the same.
  expect((await reader.decode([before!, after!], of('a'))).map(valueOf)).toEqual(['before', 'after'])
  writeFileSync(join(folder, 'current'), '9\n')
  expect(keyIdOf((await writer.encode([payloadOf('x')], of('a')))[0])).toBe('9')
  // A folder that is of no use does not take away what is known.
  writeFileSync(join(folder, 'current'), '11')
  expect(keyIdOf((await writer.encode([payloadOf('x')], of('a')))[0])).toBe('9')
  rmSync(join(folder, 'current'))
  rmSync(join(folder, '9'))
  await expect(writer.decode([before!], of('a'))).rejects.toThrow('the key "9" of a payload is not there')
})

test.each<[string, (folder: string) => void, string]>([
  ['an empty folder', () => {}, 'the folder has no key; write 32 random bytes'],
  ['a short key', (folder) => writeFileSync(join(folder, '1'), 'c2hvcnQ='), 'the key 1 has 5 bytes'],
  ['a name that is no id', (folder) => addKey(folder, 'a b'), 'the name "a b" is no key’s id'],
  ['a current key that is not there', (folder) => (addKey(folder, '1'), writeFileSync(join(folder, 'current'), '2')), 'names the key "2", which is not there'],
  ['no folder', (folder) => rmSync(folder, { recursive: true }), 'the folder cannot be read (ENOENT)'],
])('says what is wrong with %s', async (_, spoil, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  spoil(folder)
  await expect(codecOf(folder)).rejects.toThrow(message)
})
