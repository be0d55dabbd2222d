import { defineQuery, defineSignal, defineUpdate, log, setHandler } from '@temporalio/workflow'
import { unknownName } from '../failures/unknown-name.ts'
import type { WorkflowManifest } from '../manifest/manifest.ts'
import { checked } from './check.ts'
import { workflowError } from './workflow-error.ts'

type Handler<Result> = (input: unknown) => Result

/** Sets handlers that check what comes in and what goes out. */
export function createHandlers(definition: WorkflowManifest) {
  return {
    onSignal(name: string, handler: Handler<void | Promise<void>>): void {
      const { input: check } = known(definition.signals, 'signal', name)
      setHandler(defineSignal<[unknown]>(name), async (value) => {
        let input: unknown
        try {
          input = checked(check, value, `input of signal "${name}"`)
        } catch (error) {
          log.warn('signal dropped', { signal: name, reason: (error as Error).message })
          return
        }
        await failing(definition, async () => handler(input))
      })
    },

    onQuery(name: string, handler: Handler<unknown>): void {
      const { input: check, output } = known(definition.queries, 'query', name)
      setHandler(defineQuery<unknown, [unknown]>(name), (value) => {
        const input = check && checked(check, value, `input of query "${name}"`)
        return checked(output, handler(input), `output of query "${name}"`)
      })
    },

    onUpdate(name: string, handler: Handler<unknown>, validator?: Handler<void>): void {
      const { input: check, output } = known(definition.updates, 'update', name)
      const read = (value: unknown) => checked(check, value, `input of update "${name}"`)
      setHandler(
        defineUpdate<unknown, [unknown]>(name),
        // Read again: the handler gets its own copy of the input, and in a replay no validator ran.
        (value) => failing(definition, async () => checked(output, await handler(read(value)), `output of update "${name}"`)),
        {
          validator: (value) => {
            const input = read(value)
            validator?.(input)
          },
        },
      )
    },
  }
}

async function failing<T>(definition: WorkflowManifest, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw workflowError(error, definition)
  }
}

function known<T>(definitions: Readonly<Record<string, T>>, kind: string, name: string): T {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
  if (definition) return definition
  throw unknownName({ kind, name, of: 'this workflow', known: Object.keys(definitions) })
}
