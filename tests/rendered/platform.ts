import { randomInt, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { installPrograms } from '@sundial/local'
import { ensureCertificates, startPostgresqlServer, type PostgresqlServer } from '@sundial/local/testing'
import { resolvePlatform } from '@sundial/platform'
import type { KubernetesObject } from '@sundial/platform/kubernetes'
import type { Plan } from '@sundial/platform/model'
import { makePlan } from '@sundial/platform/plan'
import { renderKubernetes } from '@sundial/platform/render-kubernetes'
import { ROOT } from '../support/command.ts'
import { makeDatabases } from './database.ts'
import { replacer, type Machine } from './machine.ts'
import { Pod } from './pod.ts'
import type { Workload } from './pod-shapes.ts'
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts'

/** What is rendered for production, on this machine. */
export interface RenderedPlatform {
  readonly machine: Machine
  readonly postgresql: PostgresqlServer
  /** Parameters of PostgreSQL as they are rendered. */
  readonly parameters: Readonly<Record<string, string>>
  readonly issuer: TokenIssuer
  /** Pods of Temporal's roles. */
  readonly pods: readonly Pod[]
  stop(): Promise<void>
}

interface PostgresqlCluster extends KubernetesObject {
  readonly spec: { readonly postgresql?: { readonly parameters?: Readonly<Record<string, string>> } }
}

const DOMAINS = ['internode', 'client']

/** @param probe the program that pods are asked with */
export async function startRendered(folder: string, probe: string): Promise<RenderedPlatform> {
  const plan = await productionPlan()
  const { objects } = renderKubernetes(plan)
  const programs = await installPrograms(plan)
  const parameters = parametersOf(objects)
  await mkdir(join(folder, 'postgresql'))
  const postgresql = await startPostgresqlServer(join(folder, 'postgresql'), parameters)
  const issuer = await startTokenIssuer()
  const machine: Machine = {
    objects,
    folder,
    ...addresses(plan, { postgresql, issuer }),
    roots: { ...Object.fromEntries(DOMAINS.map((domain) => [domain, join(folder, `${domain}.crt`)])), database: postgresql.caFile },
    secrets: Object.fromEntries(plan.databases.map(({ secret }) => [secret, { password: randomUUID() }])),
    programs: { ...programs.find(({ name }) => name === 'temporal')?.commands, 'grpc-health-probe': probe },
  }
  await ensureCertificates({
    trustDomains: DOMAINS.map((name) => ({ name, caFile: join(folder, `${name}.crt`), keyFile: join(folder, `${name}.key`) })),
    certificates: [],
  })
  await makeDatabases(postgresql, plan, (secret) => machine.secrets[secret]?.['password'] ?? '')
  for (const job of workloadsThatRun('temporal-sql-tool', machine)) await (await Pod.create(job, machine)).complete()
  const pods = await Promise.all(workloadsThatRun('temporal-server', machine).map((workload) => Pod.create(workload, machine)))
  for (const pod of pods) pod.start()
  return {
    machine,
    postgresql,
    parameters,
    issuer,
    pods,
    stop: async () => {
      await Promise.all(pods.map((pod) => pod.stop()))
      await postgresql.stop()
      issuer.stop()
    },
  }
}

/** Elasticsearch cannot be had here: workflows are listed by PostgreSQL, as in development, which takes more connections. */
async function productionPlan(): Promise<Plan> {
  const { default: config } = (await import(join(ROOT, 'sundial.config.ts'))) as { default: { environments: { production: { temporal: object } } } }
  const { production } = config.environments
  const changed = { ...production, postgresql: { maxConnections: 1000 }, temporal: { ...production.temporal, visibility: 'postgresql' } }
  return makePlan(resolvePlatform({ ...config, environments: { ...config.environments, production: changed } }, 'production'))
}

/** Loopback has many addresses: with one that nobody else uses, every port is what it is in the cluster. */
function addresses(plan: Plan, { postgresql, issuer }: { postgresql: PostgresqlServer; issuer: TokenIssuer }): Pick<Machine, 'address' | 'replaced'> {
  const address = `127.${randomInt(16, 240)}.${randomInt(256)}.${randomInt(1, 255)}`
  const server = postgresql.host
  const replaced = replacer({
    'postgresql-rw.temporal-backend.svc:5432': `${server}:${postgresql.port}`,
    'postgresql-rw.temporal-backend.svc': server,
    'temporal-frontend.temporal-backend.svc': address,
    [`https://auth.${plan.platform.kubernetes.domain}/application/o/temporal/jwks/`]: issuer.keysUrl,
    '0.0.0.0': address,
  })
  // A port that stands alone, such as a tool's variable.
  return { address, replaced: (text, root) => (text === '5432' ? String(postgresql.port) : replaced(text, root)) }
}

function parametersOf(objects: readonly KubernetesObject[]): Readonly<Record<string, string>> {
  const cluster = objects.find((object): object is PostgresqlCluster => object.kind === 'Cluster' && object.metadata.name === 'postgresql')
  const parameters = cluster?.spec.postgresql?.parameters ?? {}
  // As the operator does it: with settings of this library, it is loaded.
  const statements = Object.keys(parameters).some((name) => name.startsWith('pg_stat_statements.'))
  return { ...parameters, ...(statements && { shared_preload_libraries: 'pg_stat_statements' }) }
}

function workloadsThatRun(program: string, { objects }: Machine): Workload[] {
  const withPods = objects.filter((object): object is Workload => object.kind === 'Deployment' || object.kind === 'Job')
  return withPods.filter(({ spec }) => spec.template.spec.containers[0].command[0] === program)
}
