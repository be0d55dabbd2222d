import type { CommandDefinition } from './commands.ts'

/** Commands about the platform in Kubernetes. */
export const KUBERNETES_COMMANDS: readonly CommandDefinition[] = [
  {
    name: 'render',
    summary: 'Write the platform as a GitOps tree for Kubernetes',
    description:
      'Write the platform as a tree of Kubernetes objects for kustomize and Argo CD: what all environments share, and what each has of its own. What is no longer rendered is removed. With --environment, print the objects of one environment instead.',
    options: [
      { flags: '-e, --environment <name>', description: 'print the objects of this environment: development, staging or production' },
      { flags: '-o, --out <path>', description: 'where: a folder for the tree (default: deploy), or a file for one environment' },
      { flags: '--check', description: 'write nothing; say what of the tree is not as the configuration says. Exit code 1 if there is something' },
    ],
    examples: [
      ['./sundial render', 'write the tree'],
      ['./sundial render --check', 'such as in every build'],
      ['./sundial render -e production | kubectl diff -f -', 'one environment, without a tree'],
    ],
    load: () => import('./commands/render.ts'),
  },
]
