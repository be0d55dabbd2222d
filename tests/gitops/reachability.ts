import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { KubernetesObject } from '@sundial/platform/kubernetes'

/** Somebody who opens connections or takes them: a pod, or an address outside. */
export interface Endpoint {
  readonly name: string
  readonly ip: string
  readonly pod?: { readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
}

/** A connection that somebody might open. */
export interface Traffic {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly port: number
}

/** Whether policies let each connection through, as cyclonus computes it. */
export async function reachable(cyclonus: string, policies: readonly KubernetesObject[], { traffic, folder }: { traffic: readonly Traffic[]; folder: string }) {
  const policyFolder = join(folder, 'policies')
  mkdirSync(policyFolder, { recursive: true })
  // A JSON document is a YAML one, too.
  for (const [index, policy] of policies.entries()) writeFileSync(join(policyFolder, `${index}.yaml`), JSON.stringify(policy))
  const trafficPath = join(folder, 'traffic.json')
  writeFileSync(
    trafficPath,
    JSON.stringify(
      traffic.map(({ from, to, port }) => ({ Source: peer(from), Destination: peer(to), ResolvedPort: port, ResolvedPortName: '', Protocol: 'TCP' })),
    ),
  )
  const { stdout } = await promisify(execFile)(cyclonus, ['analyze', '--mode', 'query-traffic', '--policy-path', policyFolder, '--traffic-path', trafficPath], {
    maxBuffer: 2 ** 29,
  })
  const answers = [...stdout.matchAll(/IS ALLOWED\? \|\s+(TRUE|FALSE)/g)].map(([, answer]) => answer === 'TRUE')
  if (answers.length !== traffic.length) throw new Error(`cyclonus answered ${answers.length} of ${traffic.length} questions:\n${stdout.slice(0, 2000)}`)
  return answers
}

function peer({ ip, pod }: Endpoint): object {
  if (!pod) return { IP: ip }
  const { namespace, labels } = pod
  return { IP: ip, Internal: { Namespace: namespace, NamespaceLabels: { 'kubernetes.io/metadata.name': namespace }, PodLabels: labels } }
}
