import type { DeployReport, KubernetesApi } from '@sundial/operations/deploy'
import { SundialError, type EnvironmentName } from '@sundial/platform'
import type { CommandCall } from '../commands.ts'
import { environmentName, findProject } from '../config.ts'
import { clusterChoice } from '../kubernetes/cluster-choice.ts'
import { renderDeployment, type RenderedDeployment } from '../kubernetes/deployment.ts'
import { requireLocked } from '../kubernetes/require-locked.ts'
import { print, printJson } from '../output.ts'
import { ProgressLine } from '../progress.ts'
import { deployView, preflightView, progressText } from '../views/deploy-view.ts'

type Options = CommandCall['options']

export async function run({ options }: CommandCall): Promise<number> {
  const environment = chosenEnvironment(options)
  const rendered = await renderDeployment(findProject(), environment)
  const { cluster } = rendered
  if (options['delete'] !== true && options['allowUnlocked'] !== true) requireLocked(new Map([[environment, cluster]]))
  const timeoutMs = readMinutes(options['timeout']) * 60_000
  const { KubernetesApi: Api } = await import('@sundial/operations/deploy')
  const api = await Api.open(clusterChoice(options))
  const progress = new ProgressLine()
  try {
    const report =
      options['delete'] === true ? await remove({ rendered, api, options, timeoutMs }, progress) : await apply({ rendered, api, options, timeoutMs }, progress)
    progress.clear()
    if (options['json']) printJson(report)
    else print(deployView(report, { dryRun: options['dryRun'] === true }))
    return 0
  } finally {
    progress.clear()
    await api.close()
  }
}

interface Work {
  readonly rendered: RenderedDeployment
  readonly api: KubernetesApi
  readonly options: Options
  readonly timeoutMs: number
}

async function apply({ rendered: { deployment, cluster }, api, options, timeoutMs }: Work, progress: ProgressLine): Promise<DeployReport> {
  const { deploy } = await import('@sundial/operations/deploy')
  return await deploy(deployment, api, {
    dryRun: options['dryRun'] === true,
    accepted: acceptedBy(options),
    timeoutMs,
    charts: cluster.releases.map(({ name, namespace, chart }) => ({
      release: name,
      namespace,
      repository: chart.repository,
      chart: chart.name,
      version: chart.version,
    })),
    onProgress: (step) => progress.show(progressText(step)),
    onFindings: (findings) => !options['json'] && print(preflightView(findings)),
  })
}

async function remove({ rendered: { deployment }, api, options, timeoutMs }: Work, progress: ProgressLine): Promise<DeployReport> {
  if (options['dryRun'] === true)
    throw new SundialError('SUN_USAGE', '--delete goes with no --dry-run', {
      hint: 'Without an accepting word, --delete says what it would remove, and removes nothing.',
    })
  const { deleteDeployment } = await import('@sundial/operations/deploy')
  const changes = await deleteDeployment(deployment, api, { accepted: acceptedBy(options), timeoutMs, onProgress: (step) => progress.show(progressText(step)) })
  return { findings: [], changes, warnings: [] }
}

function acceptedBy({ acceptIrreversible }: Options): readonly string[] {
  return Array.isArray(acceptIrreversible) ? (acceptIrreversible as readonly string[]) : []
}

function readMinutes(given: Options[string]): number {
  const minutes = Number(given)
  if (minutes > 0) return minutes
  throw new SundialError('SUN_USAGE', `--timeout is "${String(given)}"; it must be a number of minutes, more than 0`, { hint: 'For example: --timeout 30' })
}

/** No default: a deployment to the wrong cluster is dear. */
function chosenEnvironment({ environment }: Options): EnvironmentName {
  if (typeof environment === 'string') return environmentName(environment)
  throw new SundialError('SUN_USAGE', '--environment is missing', { hint: 'Say which: --environment development, staging or production.' })
}
