import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { resolvePrograms, type ProgramRequest } from '@sundial/local'
import type { Workspace } from '../contestants/contestant.ts'
import { noiseBetween, readProcessors } from '../machine/noise.ts'
import { readProcesses } from '../machine/processes.ts'
import { quantile } from '../statistics/quantile.ts'
import type { Bench, Measured, SlotRequest, SlotResult } from './bench.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')
const CHARTS = join(REPOSITORY, 'deploy/charts')
const RUNS = { full: 9, quick: 3 }

/** The last of version 3 that Go 1.26.8 builds. */
const HELM: ProgramRequest = {
  name: 'helm',
  version: '3.22.0',
  commands: ['helm'],
  versionArguments: ['version', '--short'],
  go: { minimumVersion: '1.26.8', packages: { helm: 'helm.sh/helm/v3/cmd/helm' }, versionVariable: 'helm.sh/helm/v3/internal/version.version' },
}

/** Something that makes Kubernetes objects, in processes of its own. */
interface Renderer extends Measured {
  /** Runs once, cold; gives how many objects came out. */
  render(workspace: Workspace): Promise<number>
}

/** Objects of Kubernetes from a cold process: all three environments of this repository, against helm template on the charts of this repository. */
export const render: Bench<Renderer> = {
  name: 'render',
  title: 'Time to render Kubernetes objects',
  summary: 'rendering of all three environments in a cold process, against helm template on our own charts',
  contestants: [sundial('sundial', 'Sundial'), sundial('sundial-again', 'Sundial again (A/A)'), helm()],
  phases: ['render'],
  passes: { full: 6, quick: 2 },
  cells: { render: 'a cold process' },
  metrics: {
    each: { title: 'time of an object', unit: 'ms', better: 'lower' },
    whole: { title: 'time of all', unit: 's', better: 'lower' },
    objects: { title: 'objects', unit: '', better: 'higher' },
  },
  headlines: ['render'],
  inTable: ['each', 'whole', 'objects'],
  comparisons: [{ of: 'sundial', to: 'helm', goals: { render: { each: 0.25 } } }],
  floor: { of: 'sundial-again', to: 'sundial' },
  load: (quick) => ({ runs: quick ? RUNS.quick : RUNS.full }),
  measure,
}

async function measure({ contestant, quick, workspace }: SlotRequest<Renderer>): Promise<SlotResult> {
  const runs = quick ? RUNS.quick : RUNS.full
  const [processors, used] = [readProcessors(), ownSeconds()]
  const times: number[] = []
  let objects = 0
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now()
    objects = await contestant.render(workspace)
    times.push(performance.now() - startedAt)
  }
  const noise = noiseBetween(processors, readProcessors(), ownSeconds() - used)
  const median = quantile(times, 0.5)
  return { noise, cells: { render: { each: median / objects, whole: median / 1000, objects } }, settings: {} }
}

/** Processor time of this process and of all that it has started and that has ended. */
function ownSeconds(): number {
  return readProcesses().get(process.pid)?.cpuSeconds ?? 0
}

const run = promisify(execFile)

function sundial(id: string, title: string): Renderer {
  const command = [join(REPOSITORY, 'packages/cli/dist/bin.js'), 'render', '--allow-unlocked', '--json']
  return {
    id,
    title,
    description: 'All three environments of this repository, as a tree that is compared with the one on disk.',
    prepare: async () => {},
    render: async ({ folder, signal }) => {
      const { stdout } = await run(process.execPath, [...command, '--out', join(folder, id)], { cwd: REPOSITORY, signal })
      return (JSON.parse(stdout) as { readonly objects: number }).objects
    },
  }
}

function helm(): Renderer {
  let path = 'helm'
  const template = async (chart: string, signal: AbortSignal): Promise<number> => {
    const folder = join(CHARTS, chart)
    const values = join(folder, 'ci/orders-values.yaml')
    const { stdout } = await run(path, ['template', 'orders', folder, '--kube-version', '1.35.0', '--values', values], { signal })
    return stdout.match(/^kind:/gm)?.length ?? 0
  }
  return {
    id: 'helm',
    title: 'helm template',
    description: 'The two charts of this repository, temporal-worker and temporal-api, with the values of orders: one process each.',
    prepare: async ({ note, signal }) => {
      const programs = await resolvePrograms([HELM], { signal, onProgress: ({ program, message }) => note(`${program}: ${message}`) })
      path = programs.get(HELM.name)?.commands['helm'] ?? path
    },
    render: async ({ signal }) => (await template('temporal-worker', signal)) + (await template('temporal-api', signal)),
  }
}
