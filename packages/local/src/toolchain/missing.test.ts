import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { reservePort } from '../ports/reserve-port.ts'
import { ProgramError } from './errors.ts'
import { clockRequest, emptyCache } from './release-server.fixture.ts'
import { resolvePrograms } from './resolve-programs.ts'

/** An address where nobody listens. */
async function deadOrigin(): Promise<string> {
  const reservation = await reservePort(0)
  await reservation?.release()
  return `http://127.0.0.1:${reservation?.port}`
}

test('without a network, says for every program and every way why not, and what to do', async () => {
  const origin = await deadOrigin()
  const env: NodeJS.ProcessEnv = { ...(await emptyCache()), PATH: await temporaryFolder() }
  const go = { minimumVersion: '1.26.8', packages: { clock: 'example.com/clock' } }
  const error = await resolvePrograms([clockRequest(origin, { go }), { name: 'bell', version: '2', commands: ['bell', 'ring'] }], { env }).catch(
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ProgramError)
  const { message, hint, code } = error as ProgramError
  const readable = (text: string) =>
    text
      .replaceAll(origin, 'ORIGIN')
      .replaceAll(new URL(origin).port, 'PORT')
      .replaceAll(env.SUNDIAL_CACHE ?? '', 'CACHE')
      .replaceAll(/-\w+-\w+ is not there/g, '-OS-ARCH is not there')
  expect(code).toBe('SUN_PROGRAM_MISSING')
  expect(readable(message)).toMatchInlineSnapshot(`
    "clock 1.2.3 could not be had:
      explicit path: SUNDIAL_PROGRAM_CLOCK is not set
      cache: CACHE/programs/clock/1.2.3-OS-ARCH is not there
      release archive: ORIGIN/checksums.txt: connect ECONNREFUSED 127.0.0.1:PORT
      go install: Go is not installed, or not on the PATH

    bell 2 could not be had:
      explicit path: SUNDIAL_PROGRAM_BELL is not set
      cache: CACHE/programs/bell/2-OS-ARCH is not there"
  `)
  expect(readable(hint)).toMatchInlineSnapshot(`
    "For clock: install Go 1.26.8 or newer, or give this machine access to 127.0.0.1:PORT, or set SUNDIAL_PROGRAM_CLOCK to a folder that holds clock.
    For bell: set SUNDIAL_PROGRAM_BELL to a folder that holds bell and ring."
  `)
})

test('says when the cache cannot be used', async () => {
  const file = join(await temporaryFolder(), 'file')
  await writeFile(file, '')
  await expect(resolvePrograms([clockRequest('http://127.0.0.1:1')], { env: { SUNDIAL_CACHE: file } })).rejects.toThrow(
    /cache: the cache cannot be used: ENOTDIR/,
  )
})
