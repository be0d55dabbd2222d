import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sundial } from '../support/command.ts'
import { usePlatformOf } from '../support/platform.ts'

/** Starts a platform for one drill, and stops it after that. Its state and its logs are kept if the drill rejects, or finds something. */
export async function onOwnPlatform<T>(drill: () => Promise<T>, isAsItMustBe: (result: T) => boolean): Promise<T> {
  const stateRoot = await mkdtemp(join(tmpdir(), 'sundial-drill-'))
  const up = await sundial(['up', '--detach'], { stateRoot })
  if (up.code !== 0) throw new Error(`the platform did not start:\n${up.stderr}`)
  let isGood = false
  try {
    usePlatformOf(stateRoot)
    const result = await drill()
    isGood = isAsItMustBe(result)
    return result
  } finally {
    await sundial(['down'], { stateRoot })
    if (isGood) await rm(stateRoot, { recursive: true })
    else console.error(`state and logs are kept: ${stateRoot}`)
  }
}
