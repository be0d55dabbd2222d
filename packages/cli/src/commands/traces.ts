import { readTraces, stateFolder, type Trace } from '@sundial/local'
import { SundialError } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { print, printJson } from '../output.ts'
import { tracesView, traceView, workflowsOf } from '../views/traces-view.ts'

export async function run({ args, options }: CommandCall): Promise<void> {
  const state = stateFolder(findProject().folder, environmentName(String(options['environment'])))
  const count = Number(options['lines'])
  if (!Number.isInteger(count) || count < 1)
    throw new SundialError('SUN_USAGE', `--lines is "${String(options['lines'])}"; it must be a whole number, 1 or more`, { hint: 'For example: --lines 100' })
  const traces = await readTraces(state)
  if (traces.length === 0)
    throw new SundialError('SUN_NOT_RUNNING', `no trace was collected in ${state.root} yet`, {
      hint: 'Start the platform with tracing: ./sundial up --with tracing',
    })
  const [wanted] = args
  const found = wanted === undefined ? traces.slice(0, count) : traces.filter((trace) => isWanted(trace, wanted))
  if (found.length === 0)
    throw new SundialError('SUN_UNKNOWN_NAME', `there is no trace "${wanted ?? ''}", and none of a workflow with that id`, {
      hint: 'List what there is: ./sundial traces',
    })
  if (options['json']) printJson(found)
  else if (wanted === undefined) print(tracesView(found))
  else print(found.map((trace) => traceView(trace)).join('\n\n'))
}

/** By the beginning of its id, or by a workflow's whole id. */
function isWanted(trace: Trace, wanted: string): boolean {
  return trace.traceId.startsWith(wanted.toLowerCase()) || workflowsOf(trace).includes(wanted)
}
