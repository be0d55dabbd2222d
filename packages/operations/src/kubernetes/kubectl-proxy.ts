import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SundialError } from '@sundial/platform/errors'

/** Which cluster is meant, in kubectl's words. */
export interface ClusterChoice {
  /** A context of the kubeconfig file. @default its current one */
  readonly context?: string
  /** The kubeconfig file. @default $KUBECONFIG, or ~/.kube/config */
  readonly kubeconfig?: string
  /** The kubectl to use. @default the one on the PATH */
  readonly kubectl?: string
}

/** The API server of a cluster, behind a socket that only this user can open. */
export interface ApiSocket {
  readonly path: string
  close(): Promise<void>
}

/**
 * Starts `kubectl proxy`. It knows every way to log in to a cluster, plug-ins of clouds included, and is where people work with clusters; what is left for us is
 * HTTP on a socket in a private folder.
 *
 * @throws SundialError `SUN_CLUSTER_UNREACHABLE` if there is no kubectl or it does not start
 */
export async function openApi({ context, kubeconfig, kubectl = 'kubectl' }: ClusterChoice): Promise<ApiSocket> {
  const folder = await mkdtemp(join(tmpdir(), 'sundial-api-'))
  const path = join(folder, 'socket')
  const options = [...(context === undefined ? [] : ['--context', context]), ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig])]
  const child = spawn(kubectl, [...options, 'proxy', '--unix-socket', path], { stdio: ['ignore', 'pipe', 'pipe'] })
  const close = async () => {
    await stop(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await listening(child)
  } catch (error) {
    await close()
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new SundialError('SUN_CLUSTER_UNREACHABLE', isMissing ? `${kubectl} is not installed` : `kubectl does not connect: ${(error as Error).message}`, {
      hint: 'Install kubectl if it is missing. "kubectl config get-contexts" shows the clusters that it knows; --context and --kubeconfig choose one.',
      cause: error,
    })
  }
  return { path, close }
}

/** It says so, on its only line, when it listens. */
async function listening(child: ChildProcess): Promise<void> {
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += String(chunk)))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(errors.trim() || `kubectl proxy ended with ${code}`)))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill()
  await ended
}
