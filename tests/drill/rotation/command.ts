import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, sundial } from '../../support/command.ts'
import { usePlatformOf } from '../../support/platform.ts'
import { copyProject, edit } from '../../support/project-copy.ts'
import type { Drill } from '../drill.ts'
import { thisMachine } from '../machine.ts'
import { Progress } from '../progress.ts'
import { isGood, rotationMarkdown } from './markdown.ts'
import { rotation as runRotation } from './rotation.ts'

const RESULTS = 'bench/results'
/** The shortest that there is, in seconds. */
const TOKEN_LIFETIME = 60

export const rotation: Drill = {
  name: 'rotation',
  summary: 'certificates, client secrets and encryption keys are replaced while orders run; failed requests, and what is still readable',
  options: {
    seconds: { default: 240, what: 'how long; from 90 on everybody renews a token' },
    every: { default: 6, what: 'seconds between two rounds' },
    customers: { default: 8, what: 'how many customers order, one order after the other' },
  },
  async run({ seconds = 0, every = 0, customers = 0 }) {
    const progress = new Progress()
    progress.show('starting a platform of its own')
    const stateRoot = await mkdtemp(join(tmpdir(), 'sundial-drill-'))
    const project = await copyProject()
    await edit(project, 'sundial.config.ts', (text) => text.replace('identity: {', `identity: {\n        tokenLifetimeSeconds: ${TOKEN_LIFETIME},`))
    const up = await sundial(['up', '--detach'], { stateRoot, cwd: project })
    if (up.code !== 0) throw new Error(`the platform did not start:\n${up.stderr}`)
    let good = false
    try {
      usePlatformOf(stateRoot)
      const result = await runRotation({ seconds, customers, everySeconds: every, project, stateRoot, onProgress: (line) => progress.show(line) })
      const date = new Date().toISOString().slice(0, 10)
      const context = { date, machine: thisMachine(ROOT), customers, everySeconds: every, tokenLifetime: TOKEN_LIFETIME }
      good = isGood(result)
      const markdown = rotationMarkdown(result, context)
      await mkdir(join(ROOT, RESULTS), { recursive: true })
      await writeFile(join(ROOT, RESULTS, 'drill-rotation.json'), `${JSON.stringify({ ...context, ...result }, undefined, 1)}\n`)
      await writeFile(join(ROOT, RESULTS, 'drill-rotation.md'), markdown)
      progress.clear()
      console.log(markdown)
      return good
    } finally {
      progress.clear()
      await sundial(['down'], { stateRoot, cwd: project })
      await rm(project, { recursive: true })
      if (good) await rm(stateRoot, { recursive: true })
      else console.error(`state and logs are kept: ${stateRoot}`)
    }
  },
}
