import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { sundial } from './support/command.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** What SUNDIAL_STATE is set to: state folders of environments are below it. */
    readonly stateRoot: string
  }
}

/** Long enough for a test to approve an order on a busy machine, short enough to wait for. */
const APPROVAL_DEADLINE = '20s'

/** One platform for all system tests, with a state of its own beside whatever the developer runs. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateRoot = await mkdtemp(join(tmpdir(), 'sundial-'))
  project.provide('stateRoot', stateRoot)
  const up = await sundial(['up', '--detach'], { stateRoot, env: { ORDERS_APPROVAL_DEADLINE: APPROVAL_DEADLINE } })
  if (up.code !== 0) {
    await rm(stateRoot, { recursive: true })
    throw new Error(`the platform for the tests did not start:\n${up.stdout}\n${up.stderr}`)
  }
  return async () => {
    const down = await sundial(['down'], { stateRoot })
    if (down.code !== 0) throw new Error(`the platform for the tests did not stop; its state is in ${stateRoot}:\n${down.stderr}`)
    await rm(stateRoot, { recursive: true })
  }
}
