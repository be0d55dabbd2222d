import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Contract } from '@sundial/contract'
import { bundleWorkflows } from './bundle-workflows.ts'

const NOTHING: Contract = { name: 'nothing', taskQueue: 'nothing', workflows: {}, activities: {} }

/**
 * Gets the bundler ready for a bundle that is wanted in a moment, by making one of no workflow: it is loaded, and its code has run once. The next bundle takes
 * about half the time. Called by `sundial dev` in a copy of a worker that waits for changed code.
 */
export async function warmUp(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sundial-warm-'))
  try {
    const workflows = join(folder, 'workflows.js')
    await writeFile(workflows, 'export async function nothing() {}\n')
    await bundleWorkflows({ contract: NOTHING, workflows: pathToFileURL(workflows) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
