import { join, resolve } from 'node:path'
import { type Platform, SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { workflowsOf } from '../contracts/workflows-of.ts'
import { loadPlan } from '../load-plan.ts'
import { print, printJson } from '../output.ts'
import { liveEnvironment, recording } from '../replay/live-histories.ts'
import { historiesFolder, recordedFiles } from '../replay/recorded-files.ts'
import { type ApplicationReplay, replayView } from '../views/replay-view.ts'

type Applications = Platform['applications']
type Options = CommandCall['options']

export async function run({ args, options }: CommandCall): Promise<number> {
  if (options['live'] && args.length > 0) throw usage('--live replays what a namespace has, and files are given', 'Leave one of them out.')
  if (!options['live'] && (options['record'] ?? options['query']) !== undefined) throw usage('--record and --query are for --live', 'Add --live.')
  const project = findProject()
  const plan = await loadPlan(project, { environment: options['environment'] })
  const { applications } = plan.platform
  const replays: ApplicationReplay[] = []
  for (const application of chosen(applications, options['application'], args.length > 0)) {
    const { contract, worker } = applications[application]!
    const workerModule = join(project.folder, worker.module)
    const code = { contract, workflows: workflowsOf(application, workerModule), tracing: options['tracing'] === true }
    replays.push({ application, ...(await (options['live'] ? live() : files())) })

    async function files() {
      const { replayHistories } = await import('@sundial/worker/testing')
      const paths = args.length > 0 ? args.map((path) => resolve(path)) : [historiesFolder(workerModule)]
      return replayHistories({ ...code, histories: (await Promise.all(paths.map(recordedFiles))).flat() })
    }

    async function live() {
      const { namespaceHistories, replayHistories } = await import('@sundial/worker/testing')
      const { limit, query } = selection(options)
      const env = await liveEnvironment(application, plan, project)
      const source = await namespaceHistories({ contract, env, limit, ...(query !== undefined && { query }) })
      const folder = typeof options['record'] === 'string' ? resolve(options['record']) : undefined
      return replayHistories({ ...code, histories: recording(source, folder) }).finally(() => source.close())
    }
  }
  if (options['json']) printJson(replays.map(inWords))
  else print(replayView(replays))
  return replays.some(({ failures }) => failures.length > 0) ? 1 : 0
}

/** The error itself says nothing more. */
function inWords({ failures, ...rest }: ApplicationReplay) {
  return { ...rest, failures: failures.map(({ workflowType, workflowId, runId, reason }) => ({ workflowType, workflowId, runId, reason })) }
}

function selection(options: Options): { limit: number; query?: string } {
  const limit = Number(options['limit'])
  if (!Number.isInteger(limit) || limit < 1)
    throw usage(`--limit is "${String(options['limit'])}"; it must be a whole number, 1 or more`, 'For example: --limit 100')
  return { limit, ...(typeof options['query'] === 'string' && { query: options['query'] }) }
}

/** All applications; one, if it is named or the files that were given could be only one's. */
function chosen(applications: Applications, wanted: Options[string], one: boolean): readonly string[] {
  const known = Object.keys(applications)
  if (typeof wanted === 'string') {
    if (known.includes(wanted)) return [wanted]
    throw new SundialError('SUN_UNKNOWN_NAME', `there is no application "${wanted}"`, { hint: `It must be one of ${known.join(', ')}.` })
  }
  if (one && known.length > 1) throw usage(`whose histories are these? There are ${known.join(', ')}`, `Say it: --application ${known[0] ?? ''}`)
  return known
}

function usage(message: string, hint: string): SundialError {
  return new SundialError('SUN_USAGE', message, { hint })
}
