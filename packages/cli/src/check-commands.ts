import { JSON_OUTPUT } from './command-options.ts'
import type { CommandDefinition } from './commands.ts'

/** Commands that look at Kubernetes objects and change nothing. */
export const CHECK_COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'validate [paths...]',
    summary: 'Look for what is wrong with Kubernetes objects',
    description:
      'Look for what is wrong with Kubernetes objects: fields, references, ports, names of certificates, network policies, connections, safety. Without paths, with those of this platform in every environment; else with those of files, of folders, or of standard input (-). No cluster is asked. Exit code 1 if there is an error.',
    options: [
      { flags: '-e, --environment <name>', description: 'only this environment; of files: what they are for, which matters for production' },
      {
        flags: '--schemas <folder>',
        description: 'custom resource definitions (YAML) of the operators that you run; they go before those that come with this command',
      },
      { flags: '--rule <id>', description: 'only this rule; can be repeated', repeatable: true },
      { flags: '--skip <id>', description: 'not this rule; can be repeated', repeatable: true },
      JSON_OUTPUT,
    ],
    examples: [
      ['./sundial validate', 'what would be deployed, in all environments'],
      ['./sundial validate k8s worker.yaml', 'what somebody wrote'],
      ['helm template my-chart | ./sundial validate -', 'what a chart makes'],
      ['./sundial validate k8s --skip config-reference', 'files that count on what is in the cluster already'],
    ],
    load: () => import('./commands/validate.ts'),
  },
  {
    name: 'diff [trees...]',
    summary: 'Show how Kubernetes objects differ, and what of it cannot be undone',
    description:
      'Show how Kubernetes objects differ, by what they mean: two trees (files or folders), two environments, or this platform and what a cluster has. Changes that cannot be undone are marked. Exit code 1 if there is a difference.',
    options: [
      { flags: '-e, --environment <name>', description: 'the environment that is compared, with another or with a cluster' },
      { flags: '--with <name>', description: 'the environment that it is compared with' },
      { flags: '--cluster', description: 'compare with a cluster: it is asked what would change, and nothing is changed' },
      { flags: '--context <name>', description: 'with --cluster: the context of kubectl; left out, its current one' },
      { flags: '--all', description: 'show long values whole' },
      JSON_OUTPUT,
    ],
    examples: [
      ['./sundial diff -e staging --with production', 'what production has that staging has not'],
      ['./sundial diff old.yaml new.yaml', 'two files or folders'],
      ['./sundial diff -e production --cluster', 'what a deployment would change'],
    ],
    load: () => import('./commands/diff.ts'),
  },
]
