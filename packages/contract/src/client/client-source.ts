import { pascalCase } from '../checks/names.ts'
import type { ContractManifest } from '../manifest.ts'
import { createErrorClasses } from './error-classes.ts'
import { sharedSource } from './shared-source.ts'
import { workflowSource } from './workflow-source.ts'

/** Declarations of the runtime. */
const DECLARED = /^(?:export )?(?:async )?(?:interface|class|type|function\*?|const) (\w+)/gm

/**
 * The source of a TypeScript client of a contract's API, in one file that needs nothing but `fetch`: it compiles under `strict` and runs in Node 20
 * and in browsers.
 *
 * @param runtime what `joinRuntime` makes of the files in `@sundial/contract/client-runtime/`, which becomes a part of it
 */
export function clientSource(manifest: ContractManifest, runtime: string): string {
  const workflows = Object.entries(manifest.workflows).filter(([, { http }]) => http !== false)
  const taken = new Set([...runtime.matchAll(DECLARED)].map(([, name]) => name as string))
  const errors = createErrorClasses(workflows, taken)
  const parts = workflows.map(([type, workflow]) => workflowSource(type, workflow, errors.nameOf))
  const client = pascalCase(manifest.name)
  const shared = sharedSource(client, manifest, workflows)
  const members = [...parts.map(({ member }) => member), ...shared.members]
  const table = ['    workflows: {', ...parts.map((part) => part.table), '    },', `    schedules: ${shared.schedules},`]
  return [
    `// The client of the contract "${manifest.name}". Generated: change the contract instead.`,
    ...parts.flatMap(({ declarations }) => declarations),
    ...shared.declarations,
    `/** The workflows of "${manifest.name}". */\nexport interface ${client}Client {\n${members.join('\n')}\n}`,
    '// What all clients have.',
    runtime,
    '// What this one has.',
    // Classes are there from where they stand on.
    ...errors.declarations,
    `export function create${client}Client(options: ClientOptions): ${client}Client {\n  return createClient<${client}Client>(options, {\n${table.join('\n')}\n  })\n}`,
    '',
  ].join('\n\n')
}
