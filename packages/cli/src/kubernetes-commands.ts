import { CHECK_COMMANDS } from './check-commands.ts'
import { CONTEXT, JSON_OUTPUT, KUBECONFIG } from './command-options.ts'
import type { CommandDefinition } from './commands.ts'

const ONE_ENVIRONMENT = { flags: '-e, --environment <name>', description: 'of this environment only: development, staging or production' }

/** Commands about the platform in Kubernetes. */
export const KUBERNETES_COMMANDS: readonly CommandDefinition[] = [
  ...CHECK_COMMANDS,
  {
    name: 'render',
    summary: 'Write the platform as a GitOps tree for Kubernetes',
    description:
      'Write the platform as a tree of Kubernetes objects for kustomize and Argo CD: what all environments share, and what each has of its own. What is no longer rendered is removed. With --environment, print the objects of one environment instead.',
    options: [
      { flags: '-e, --environment <name>', description: 'print the objects of this environment: development, staging or production' },
      { flags: '-o, --out <path>', description: 'where: a folder for the tree (default: deploy), or a file for one environment' },
      { flags: '--check', description: 'write nothing; say what of the tree is not as the configuration says. Exit code 1 if there is something' },
      { flags: '--allow-unlocked', description: 'render production, too, where images are not locked to their digests' },
      JSON_OUTPUT,
    ],
    examples: [
      ['./sundial render', 'write the tree'],
      ['./sundial render --check', 'such as in every build'],
      ['./sundial render -e production | kubectl diff -f -', 'one environment, without a tree'],
    ],
    load: () => import('./commands/render.ts'),
  },
  {
    name: 'images',
    summary: 'About the images that clusters pull',
    subcommands: [
      {
        name: 'list',
        summary: 'Show every image that the rendered objects name, and whether it is locked',
        description:
          'Show every image that the rendered objects name, where it is used, and the digest that it is locked to. Charts of others bring further images.',
        options: [ONE_ENVIRONMENT, JSON_OUTPUT],
        examples: [
          ['./sundial images list', 'of all environments'],
          ['./sundial images list -e production', 'of one'],
        ],
        load: () => import('./commands/images-list.ts'),
      },
      {
        name: 'lock',
        summary: 'Ask registries for the digests of images, and write images.lock.json',
        description:
          'Ask registries which content the tag of each image has now, and write the digests to images.lock.json beside the configuration: rendering takes them from there. A login is that of docker login. With a mirror in the configuration, the mirror is asked.',
        options: [
          ONE_ENVIRONMENT,
          {
            flags: '--check',
            description:
              'ask nobody and write nothing; say what is missing in images.lock.json, or stands there for nothing. Exit code 1 if there is something',
          },
          { flags: '--insecure', description: 'without TLS: for a registry on this machine' },
          JSON_OUTPUT,
        ],
        examples: [
          ['./sundial images lock', 'all images of all environments'],
          ['./sundial images lock --check', 'such as in every build'],
        ],
        load: () => import('./commands/images-lock.ts'),
      },
    ],
  },
  {
    name: 'deploy',
    summary: 'Bring an environment to a cluster that has no Argo CD',
    description:
      'Bring an environment to a Kubernetes cluster that has no Argo CD: look at the cluster, apply wave by wave, wait until each is ready, and remove what was deployed before and is no longer rendered. Needs kubectl, and the operators in the cluster. Done again, it changes nothing.',
    options: [
      { flags: '-e, --environment <name>', description: 'development, staging or production' },
      CONTEXT,
      KUBECONFIG,
      { flags: '--dry-run', description: 'ask the API server what would change, and change nothing' },
      { flags: '--delete', description: 'remove everything that was deployed, with all data' },
      { flags: '--accept-irreversible <word>', description: 'do what cannot be undone; the refusal says the word; can be repeated', repeatable: true },
      { flags: '--allow-unlocked', description: 'deploy production, too, where images are not locked to their digests' },
      { flags: '--timeout <minutes>', description: 'how long each wave may take to become ready', default: '15' },
      JSON_OUTPUT,
    ],
    examples: [
      ['./sundial deploy -e staging --dry-run', 'what would change'],
      ['./sundial deploy -e staging --context staging', 'apply, and wait until it is ready'],
      ['./sundial status -e staging --target kubernetes', 'how it is afterwards'],
    ],
    load: () => import('./commands/deploy.ts'),
  },
]
