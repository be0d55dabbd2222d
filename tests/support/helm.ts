import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { KubernetesObject } from '@sundial/platform/kubernetes'
import { loadAll } from 'js-yaml'
import { ROOT } from './command.ts'

export const CHARTS = ['temporal-worker', 'temporal-api'] as const
export type ChartName = (typeof CHARTS)[number]

/** Where a chart's source is. */
export const chartFolder = (chart: ChartName): string => `${ROOT}deploy/charts/${chart}`

/** What Helm takes the cluster for: built from source, it knows none. */
const KUBERNETES = '1.34.0'
const NAMESPACE = 'temporal-product'

export interface Release {
  readonly name: string
  /** A folder or a package. */
  readonly chart: string
  /** Files of values, the later over the earlier. */
  readonly values?: readonly string[]
  /** Single values, as `--set-json` has them. */
  readonly set?: readonly string[]
}

/** Helm as people use it, with a configuration and a cache that nobody else has. */
export class Helm {
  readonly #path: string
  readonly #env: NodeJS.ProcessEnv

  constructor(path: string, folder: string) {
    this.#path = path
    this.#env = { PATH: process.env['PATH'], HOME: folder }
  }

  /** @throws Error with what Helm said */
  async run(args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(this.#path, args, { env: this.#env, maxBuffer: 2 ** 26 })
    return stdout
  }

  async template({ name, chart, values = [], set = [] }: Release): Promise<KubernetesObject[]> {
    const given = [...values.flatMap((file) => ['--values', file]), ...set.flatMap((value) => ['--set-json', value])]
    const text = await this.run(['template', name, chart, '--namespace', NAMESPACE, '--kube-version', KUBERNETES, ...given])
    return (loadAll(text) as (KubernetesObject | null)[]).filter((object) => object !== null)
  }
}
