import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Drill } from '../drill.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** The suite of `npm test` on a real API server, with every environment deployed, repeated and deleted, not production alone. */
export const cluster: Drill = {
  name: 'cluster',
  summary: 'every environment deployed to a real API server, deployed again, and deleted',
  options: {},
  async run() {
    const child = spawn('npx', ['vitest', 'run', '--project', 'system', 'tests/cluster'], {
      cwd: ROOT,
      env: { ...process.env, SUNDIAL_DRILL: 'cluster' },
      stdio: 'inherit',
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    return code === 0
  },
}
