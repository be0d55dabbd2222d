import { FEATURES } from '@sundial/platform'

/** An option of a command. */
export interface CommandOption {
  readonly flags: string
  readonly description: string
  readonly default?: string
  /** May be given several times: the command gets a list. */
  readonly repeatable?: true
}

// Options that several commands have.
export const ENVIRONMENT: CommandOption = { flags: '-e, --environment <name>', description: 'development, staging or production', default: 'development' }
export const REPLICAS: CommandOption = {
  flags: '-r, --replicas <name=number>',
  description: 'copies of a Temporal role or of a workload, instead of what the configuration says; can be repeated',
  repeatable: true,
}
export const WITH: CommandOption = {
  flags: '--with <feature>',
  description: `switch a feature on, whatever the configuration says: ${Object.keys(FEATURES).join(', ')}; can be repeated`,
  repeatable: true,
}
export const JSON_OUTPUT: CommandOption = { flags: '--json', description: 'print JSON for programs' }
export const CONTEXT: CommandOption = {
  flags: '--context <name>',
  description: 'the cluster, by its context in the kubeconfig file; left out, the current one',
}
export const KUBECONFIG: CommandOption = { flags: '--kubeconfig <file>', description: 'the kubeconfig file; left out, $KUBECONFIG or ~/.kube/config' }
export const TARGET: CommandOption = {
  flags: '--target <target>',
  description: 'process: this machine; kubernetes: what was deployed to a cluster',
  default: 'process',
}
