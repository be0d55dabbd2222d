import { expect, test } from 'vitest'
import { reservePort } from '../ports/reserve-port.ts'
import { temporaryFolder } from '../state/temporary-folder.fixture.ts'
import { clockRequest, emptyCache, packRelease, serveRelease } from '../toolchain/release-server.fixture.ts'
import { lookAtProgram } from './programs.ts'

const go = { minimumVersion: '1.21', packages: { clock: 'example.com/clock' } }

/** An address where nobody listens. */
async function deadOrigin(): Promise<string> {
  const reservation = await reservePort(0)
  await reservation?.release()
  return `http://127.0.0.1:${reservation?.port}`
}

test('tells the way in which a program that is missing would come, and does not fetch it', async () => {
  const { origin, fetched } = await serveRelease(await packRelease())
  const finding = await lookAtProgram(clockRequest(origin), await emptyCache())
  expect(finding).toMatchObject({
    verdict: 'warning',
    found: expect.stringMatching(/^clock 1\.2\.3: .* is not there$/),
    needed: `the program; the next start downloads it from ${new URL(origin).host}`,
  })
  expect(fetched()).toBe(0)
})

test('knows a Go that can build it', async () => {
  const finding = await lookAtProgram(clockRequest(await deadOrigin(), { go }), await emptyCache())
  expect(finding).toMatchObject({ verdict: 'warning', needed: 'the program; the next start builds it with Go, which takes minutes' })
})

test.each<[why: string, variables: () => Promise<NodeJS.ProcessEnv>, minimumVersion: string, reason: RegExp]>([
  ['there is no Go', async () => ({ PATH: await temporaryFolder() }), '1.21', /Go is not installed, or not on the PATH$/],
  ['Go is too old', async () => ({ GOTOOLCHAIN: 'local' }), '99.1', /Go is [\d.]+, and 99\.1 or newer is needed \(GOTOOLCHAIN=local\)$/],
  ['Go fetches nothing', async () => ({ GOPROXY: 'off' }), '1.21', /GOPROXY is off, so Go fetches nothing$/],
])('says why there is no way: %s', async (_, variables, minimumVersion, reason) => {
  const origin = await deadOrigin()
  const env = { ...(await emptyCache()), ...(await variables()) }
  const finding = await lookAtProgram(clockRequest(origin, { go: { ...go, minimumVersion } }), env)
  expect(finding).toMatchObject({ verdict: 'problem', needed: expect.stringMatching(reason), fix: expect.stringMatching(/^For clock: install Go/) })
  expect(finding).toMatchObject({ needed: expect.stringContaining(`${new URL(origin).host} is not reached`) })
})
