import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { KubernetesApi } from '@sundial/operations/deploy'
import { goProgram } from '../go-program.ts'
import { CONTROL_PLANE, KWOK } from './control-plane-program.ts'
import { writeCredentials, type Credentials } from './credentials.ts'
import { freePorts } from './free-ports.ts'
import { Processes } from './processes.ts'
import { stages } from './stages.ts'

/** How long the API server may take until it answers, milliseconds: it takes seconds, and a busy machine more. */
const START_MS = 120_000
const PERIOD_MS = 200

/** A Kubernetes cluster whose control plane is real, and whose nodes are played by KWOK. */
export interface TestCluster {
  readonly kubeconfig: string
  /** A folder with kubectl. */
  readonly programs: string
  readonly api: KubernetesApi
  /** Starts KWOK: after the definitions that it is to play the operators of are there. */
  startNodes(): Promise<void>
  stop(): Promise<void>
}

interface Parts {
  readonly folder: string
  readonly program: string
  readonly kwok: string
  readonly processes: Processes
  readonly credentials: Credentials
}

/** The programs of a cluster on this machine, or why they cannot be had. */
export type ClusterPrograms = { readonly controlPlane: string; readonly kwok: string; readonly missing?: undefined } | { readonly missing: string }

/** Builds what is missing, which takes minutes. */
export async function clusterPrograms(): Promise<ClusterPrograms> {
  const [controlPlane, kwok] = [await goProgram(CONTROL_PLANE), await goProgram(KWOK)]
  if (controlPlane.missing !== undefined) return { missing: controlPlane.missing }
  return kwok.missing === undefined ? { controlPlane: controlPlane.path, kwok: kwok.path } : { missing: kwok.missing }
}

/** Starts etcd, the API server, the controller manager and the scheduler on 127.0.0.1, with nothing in them. */
export async function startCluster({ controlPlane: program, kwok }: Exclude<ClusterPrograms, { readonly missing: string }>): Promise<TestCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'sundial-cluster-'))
  const processes = new Processes(folder)
  const [clients = 0, peers = 0, apiPort = 0, kubelets = 0] = await freePorts(4)
  const parts = { folder, program, kwok, processes, credentials: await writeCredentials(folder, apiPort) }
  try {
    await startControlPlane(parts, { clients, peers, apiPort })
    await mkdir(join(folder, 'bin'))
    const kubectl = join(folder, 'bin', 'kubectl')
    await symlink(program, kubectl)
    const { kubeconfig } = parts.credentials
    const api = await KubernetesApi.open({ kubeconfig, kubectl })
    await answering(api, processes)
    return {
      kubeconfig,
      programs: join(folder, 'bin'),
      api,
      startNodes: () => startKwok(parts, kubelets),
      stop: async () => {
        await api.close()
        await processes.stop()
        await rm(folder, { recursive: true })
      },
    }
  } catch (error) {
    await processes.stop()
    throw error
  }
}

interface Ports {
  readonly clients: number
  readonly peers: number
  readonly apiPort: number
}

async function startControlPlane({ folder, program, processes, credentials }: Parts, { clients, peers, apiPort }: Ports): Promise<void> {
  const [etcd, peer] = [`http://127.0.0.1:${clients}`, `http://127.0.0.1:${peers}`]
  const start = (name: string, flags: Readonly<Record<string, string>>) =>
    processes.start(name, program, [name, ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)])
  await start('etcd', {
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': etcd,
    'advertise-client-urls': etcd,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `default=${peer}`,
    // Nobody needs what a test stores.
    'unsafe-no-fsync': 'true',
    'log-level': 'error',
  })
  await start('kube-apiserver', {
    'etcd-servers': etcd,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': String(apiPort),
    'cert-dir': credentials.certificateFolder,
    'token-auth-file': credentials.tokenFile,
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': credentials.serviceAccountKey,
    'service-account-signing-key-file': credentials.serviceAccountKey,
    'service-cluster-ip-range': '10.96.0.0/16',
    'authorization-mode': 'RBAC',
    // There is no other API server, and no node that would reach this one.
    'endpoint-reconciler-type': 'none',
  })
  const controllers = { kubeconfig: credentials.kubeconfig, 'leader-elect': 'false', 'secure-port': '0', 'kube-api-qps': '500', 'kube-api-burst': '1000' }
  await waitForFile(join(credentials.certificateFolder, 'apiserver.crt'), processes)
  await start('kube-controller-manager', {
    ...controllers,
    'service-account-private-key-file': credentials.serviceAccountKey,
    // An autoscaler brings its copies to their smallest number when it looks: every 15 seconds, if it is not told otherwise.
    'horizontal-pod-autoscaler-sync-period': '2s',
  })
  await start('kube-scheduler', controllers)
}

async function startKwok({ folder, kwok, processes, credentials }: Parts, port: number): Promise<void> {
  const config = join(folder, 'stages.yaml')
  await writeFile(config, stages())
  await processes.start('kwok', kwok, [
    `--kubeconfig=${credentials.kubeconfig}`,
    `--config=${config}`,
    '--manage-all-nodes',
    '--node-lease-duration-seconds=40',
    `--server-address=127.0.0.1:${port}`,
  ])
}

async function answering(api: KubernetesApi, processes: Processes): Promise<void> {
  await until(processes, async () => {
    // It answers before it is ready to be asked everything: the namespace is made last.
    await api.get({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } })
    return true
  })
}

async function waitForFile(path: string, processes: Processes): Promise<void> {
  await until(processes, () => existsSync(path))
}

/** Waits until something is so; while it throws, it is not. @throws if a process has ended, or the last error when the time is over */
async function until(processes: Processes, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + START_MS
  let last: unknown = new Error(`nothing after ${START_MS / 1000} s`)
  while (performance.now() < end) {
    await processes.check()
    try {
      if (await isSo()) return
    } catch (error) {
      last = error
    }
    await pause(PERIOD_MS)
  }
  throw last
}
