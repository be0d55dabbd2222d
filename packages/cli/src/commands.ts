import { type CommandOption, CONTEXT, ENVIRONMENT, JSON_OUTPUT, KUBECONFIG, REPLICAS, TARGET, WITH } from './command-options.ts'
import { KUBERNETES_COMMANDS } from './kubernetes-commands.ts'

/** A command as data; its code is loaded when it is run. */
export interface CommandDefinition {
  /** Name and arguments, in commander's form. */
  readonly name: string
  readonly summary: string
  readonly description?: string
  readonly options?: readonly CommandOption[]
  readonly examples?: readonly (readonly [line: string, what: string])[]
  readonly load?: () => Promise<CommandModule>
  readonly subcommands?: readonly CommandDefinition[]
}

export interface CommandModule {
  /** The exit code, 0 if it gives none. */
  run(call: CommandCall): Promise<number | void>
}

export interface CommandCall {
  readonly args: readonly string[]
  readonly options: Record<string, string | boolean | readonly string[] | undefined>
}

export const COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'up',
    summary: 'Start the platform on this machine',
    description: 'Start the platform on this machine, and stay until Ctrl-C. Programs that are missing are fetched first.',
    options: [
      ENVIRONMENT,
      REPLICAS,
      WITH,
      { flags: '-d, --detach', description: 'start it in the background, and return when it is ready' },
      { flags: '--fresh', description: 'forget all data of the environment first: databases, secrets, certificates, logs' },
      { flags: '--demo', description: 'run the demonstrations of the applications when it is ready' },
    ],
    examples: [
      ['./sundial up', 'start, and stay in the foreground'],
      ['./sundial up --demo', 'the same, and send a real order through it'],
      ['./sundial up --detach', 'start in the background'],
      ['./sundial up --fresh', 'start from nothing'],
      ['./sundial up -r history=2 -r orders-api=2', 'two copies each of Temporal’s history and of the API'],
      ['./sundial up --with elasticsearch', 'workflows are searched by OpenSearch'],
    ],
    load: () => import('./commands/up.ts'),
  },
  {
    name: 'dev',
    summary: 'Start the platform, and restart what you change',
    description:
      'Start the platform as up does, and stay. After each change of a source file the project is built; workers, APIs and services whose code is another then are restarted. Running workflows go on. While a build fails, what runs goes on.',
    options: [
      ENVIRONMENT,
      WITH,
      REPLICAS,
      { flags: '--fresh', description: 'forget all data of the environment first: databases, secrets, certificates, logs' },
      { flags: '--demo', description: 'run the demonstrations of the applications when it is ready' },
      { flags: '-q, --quiet', description: 'of all logs, show warnings and errors only' },
      { flags: '-a, --all', description: 'show everything that every process logs' },
    ],
    examples: [
      ['./sundial dev', 'start, show what the applications log, and follow changes'],
      ['./sundial dev --demo', 'the same, and send a real order through it'],
      ['./sundial dev --quiet', 'warnings and errors only'],
    ],
    load: () => import('./commands/dev.ts'),
  },
  {
    name: 'down',
    summary: 'Stop the platform',
    description: 'Stop the platform of this folder, in order. Its data stay.',
    options: [ENVIRONMENT],
    examples: [['./sundial down', 'stop what up started, wherever it runs']],
    load: () => import('./commands/down.ts'),
  },
  {
    name: 'restart <process>',
    summary: 'Restart one process of a platform that runs',
    description: 'Restart one process of a platform that runs, and wait until it is ready. What runs in it is ended in its own way; the others go on.',
    options: [ENVIRONMENT],
    examples: [['./sundial restart orders-worker', 'as dev does after a change; names: ./sundial status']],
    load: () => import('./commands/restart.ts'),
  },
  {
    name: 'status',
    summary: 'Show what runs, where, and how it is',
    options: [ENVIRONMENT, TARGET, CONTEXT, KUBECONFIG, JSON_OUTPUT],
    examples: [
      ['./sundial status', 'a table of processes and addresses; exit code 1 if something is not ready'],
      ['./sundial status --json', 'the same for programs'],
      ['./sundial status -e staging --target kubernetes', 'deployments, jobs, certificates and secrets of a cluster'],
    ],
    load: () => import('./commands/status.ts'),
  },
  {
    name: 'logs [process]',
    summary: 'Show logs of one process, or of all',
    options: [
      ENVIRONMENT,
      { flags: '-f, --follow', description: 'go on printing what is added' },
      { flags: '-n, --lines <number>', description: 'lines from the end of each log', default: '50' },
    ],
    examples: [
      ['./sundial logs', 'the last lines of every process'],
      ['./sundial logs orders-worker --follow', 'one process, as it writes'],
    ],
    load: () => import('./commands/logs.ts'),
  },
  {
    name: 'traces [id]',
    summary: 'Show what was traced, or one trace as a tree',
    description:
      'Show what was traced, newest first; or, of one trace or of all of one workflow, who did what and for how long. Start the platform with tracing first.',
    options: [ENVIRONMENT, { flags: '-n, --lines <number>', description: 'traces to list', default: '20' }, JSON_OUTPUT],
    examples: [
      ['./sundial traces', 'the last requests and what they led to'],
      ['./sundial traces 4bf92f3577b3', 'one trace, by the beginning of its id'],
      ['./sundial traces order-example-1', 'the traces of a workflow'],
    ],
    load: () => import('./commands/traces.ts'),
  },
  {
    name: 'plan',
    summary: 'Show what the platform is made of, without starting it',
    options: [
      ENVIRONMENT,
      REPLICAS,
      WITH,
      JSON_OUTPUT,
      { flags: '--sql', description: 'print the SQL that makes roles and databases on an external PostgreSQL' },
    ],
    examples: [
      ['./sundial plan', 'workloads, databases and identities of development'],
      ['./sundial plan -e production --json', 'the whole plan for programs'],
      ['./sundial plan --replicas matching=3', 'what three copies would change'],
      ['./sundial plan -e production --sql | psql …', 'make roles and databases, as an administrator of that server'],
      ['./sundial plan --with elasticsearch', 'what it would be with a search engine'],
    ],
    load: () => import('./commands/plan.ts'),
  },
  {
    name: 'graph',
    summary: 'Draw who talks to whom, as a picture or a Mermaid diagram',
    description:
      'Draw who talks to whom, and how that is protected, from the plan. An SVG picture is complete by itself: it brings its legend, and colours for light and for dark pages.',
    options: [
      ENVIRONMENT,
      REPLICAS,
      WITH,
      { flags: '--format <format>', description: 'mermaid or svg; left out, what the name after --out ends with, or else mermaid' },
      { flags: '-o, --out <file>', description: 'write it to a file' },
      { flags: '--all', description: 'in a picture: every connection by itself, also within Temporal, and tasks' },
      JSON_OUTPUT,
    ],
    examples: [
      ['./sundial graph --out platform.svg', 'a picture for a document'],
      ['./sundial graph -e production > platform.mmd', 'a Mermaid diagram of production'],
      ['./sundial graph --json', 'the connections for programs'],
    ],
    load: () => import('./commands/graph.ts'),
  },
  {
    name: 'toolchain',
    summary: 'Get the programs that the platform runs, and show where they are',
    description:
      'Get the programs that the platform runs, and show where they are. Looked for in this order: SUNDIAL_PROGRAM_<NAME>, the cache, a release archive checked against its checksum, `go install` or Maven.',
    options: [ENVIRONMENT, WITH, { flags: '--testing', description: 'and what only tests run: temporal-test-server, which skips time' }, JSON_OUTPUT],
    examples: [
      ['./sundial toolchain', 'fetch what is missing; list programs, versions and places'],
      ['SUNDIAL_PROGRAM_TEMPORAL=/opt/temporal ./sundial toolchain', 'use programs of your own'],
    ],
    load: () => import('./commands/toolchain.ts'),
  },
  {
    name: 'doctor',
    summary: 'Look for what this machine lacks, and say what to do',
    description:
      'Look for what this machine lacks to run the platform: programs, space, limits, ports, the state folder, variables that interfere. It takes a second; nothing is fetched or changed. Exit code 1 if something would stop ./sundial up.',
    options: [ENVIRONMENT, { flags: '--all', description: 'show what is well, too' }, JSON_OUTPUT],
    examples: [
      ['./sundial doctor', 'what is wrong, with what to do'],
      ['./sundial doctor --all', 'everything that was looked at'],
    ],
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'version',
    summary: 'Show the versions of Sundial, of what it brings, and of Node',
    options: [JSON_OUTPUT],
    examples: [['./sundial --version', 'the same']],
    load: () => import('./commands/version.ts'),
  },
  {
    name: 'exec <process> <command...>',
    summary: 'Run a program as a process of the platform',
    description:
      'Run a program with the environment that a process of the running platform has: its addresses, certificates and credentials. Write the program after "--".',
    options: [ENVIRONMENT, REPLICAS, WITH],
    examples: [['./sundial exec orders-worker -- npx vitest run', 'tests on the local platform, as the worker of orders']],
    load: () => import('./commands/exec.ts'),
  },
  {
    name: 'replay [files...]',
    summary: 'Replay what workflows did through today’s code',
    description:
      'Replay recorded histories of workflows through today’s code: files or folders, else those in the folder "histories" beside the package.json of each application; or, with --live, of a namespace. Says which workflows could not go on. Exit code 1 if there is one. Build the applications first.',
    options: [
      ENVIRONMENT,
      { flags: '-a, --application <name>', description: 'only this one' },
      { flags: '--live', description: 'of the namespace that TEMPORAL_ADDRESS and the other variables of a worker name, else of the platform that runs here' },
      { flags: '--query <query>', description: 'with --live: only workflows that this visibility query finds' },
      { flags: '--limit <number>', description: 'with --live: the newest so many of each workflow type', default: '20' },
      { flags: '--record <folder>', description: 'with --live: write the histories there, too' },
      { flags: '--tracing', description: 'with the code that workers run which trace' },
      JSON_OUTPUT,
    ],
    examples: [
      ['./sundial replay', 'what is recorded, such as in every build'],
      ['./sundial replay --live --limit 100', 'what a namespace has, before a release'],
      ['./sundial replay --live --record histories', 'write what was replayed to files, too'],
    ],
    load: () => import('./commands/replay.ts'),
  },
  ...KUBERNETES_COMMANDS,
  {
    name: 'contract',
    summary: 'About the contracts of the applications',
    subcommands: [
      {
        name: 'build',
        summary: 'Write what other programs need of the contracts',
        description:
          'Write for each application: the manifest of its contract (JSON), the validators of the workflow sandbox, the bundle of its workflows, its OpenAPI document, and a TypeScript client. Build the applications first.',
        options: [
          { flags: '-o, --out <folder>', description: 'where, each contract in a folder of its name; default: dist/contracts of the project' },
          { flags: '-a, --application <name>', description: 'only this one' },
          JSON_OUTPUT,
        ],
        examples: [
          ['./sundial contract build', 'into dist/contracts'],
          ['./sundial contract build --out image/contracts', 'such as for an image of the worker'],
        ],
        load: () => import('./commands/contract-build.ts'),
      },
      {
        name: 'diff <old> <new>',
        summary: 'Say what a change of contracts breaks',
        description:
          'Compare contracts that were built: files, or folders of them. Says what breaks workflows that run, what breaks API clients, and what else changed. Exit code 1 if something breaks.',
        options: [JSON_OUTPUT],
        examples: [['./sundial contract diff released/contracts dist/contracts', 'before a release']],
        load: () => import('./commands/contract-diff.ts'),
      },
    ],
  },
  {
    name: 'keys',
    summary: 'About the keys that encrypt payloads',
    subcommands: [
      {
        name: 'rotate [application]',
        summary: 'Encrypt payloads with a new key from now on',
        description:
          'Make a new key for the payloads of an application, or of all that encrypt them. The platform of this machine goes on running: its programs take the key up within five seconds. What was encrypted before is still read, with the keys that were before.',
        options: [ENVIRONMENT, JSON_OUTPUT],
        examples: [['./sundial keys rotate orders', 'a new key for orders']],
        load: () => import('./commands/keys-rotate.ts'),
      },
    ],
  },
  {
    name: 'config',
    summary: 'About the configuration file',
    subcommands: [
      {
        name: 'check',
        summary: 'Check the configuration, for all environments',
        description: 'Check the configuration and what the plan of each environment makes of it, without starting anything. Exit code 1 if something is wrong.',
        options: [JSON_OUTPUT],
        examples: [
          ['./sundial config check', 'every problem, with its place in the file'],
          ['./sundial config check --json', 'the same for programs'],
        ],
        load: () => import('./commands/config-check.ts'),
      },
      {
        name: 'schema',
        summary: 'Print the JSON Schema of the configuration',
        description: 'Print the JSON Schema of sundial.config.yaml. sundial.config.ts has the same settings, and TypeScript checks it.',
        examples: [['./sundial config schema > schema.json', 'for editors and other tools']],
        load: () => import('./commands/config-schema.ts'),
      },
    ],
  },
]
