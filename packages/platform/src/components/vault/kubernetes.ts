import {
  callsApiServer,
  chartRelease,
  outside,
  platformPriority,
  podMonitor,
  pods,
  pullSecrets,
  RELEASE_WAVES,
  resources,
  scrapedAt,
  SYSTEMS_DOMAIN,
  trustConfigMap,
  type Allowed,
  type Cluster,
} from '../../targets/kubernetes/kit.ts'
import type { ChartRelease, KubernetesSystem, SystemCertificate } from '../../targets/kubernetes/system.ts'
import { chartNamed } from '../charts.ts'
import { vaultAccess } from './access.ts'
import { CERTIFICATE_FOLDER, serverConfig } from './server-config.ts'

const NAMESPACE = 'security'
const CERTIFICATE = 'vault-tls'
const SERVERS = pods(NAMESPACE, { 'app.kubernetes.io/name': 'vault' })
const CLUSTER_PORT = 8201
/** Raft takes an odd number, and loses none of three with one. */
const COPIES = { development: 1, staging: 3, production: 3 } as const

/** Keeps the secrets. It is initialised and unsealed by people, once: see the how-to. */
export const vaultKubernetes: KubernetesSystem = {
  name: 'vault',
  contribute(cluster) {
    const { isHere, podPort } = vaultAccess(cluster.settings)
    if (!isHere) return {}
    return {
      releases: [release(cluster)],
      certificates: [CERTIFICATE_WANTED],
      objects: podMonitor(
        {
          name: 'vault',
          pods: SERVERS,
          port: podPort,
          path: '/v1/sys/metrics',
          more: {
            scheme: 'https',
            params: { format: ['prometheus'] },
            tlsConfig: { serverName: 'vault.security.svc', ca: { configMap: { name: trustConfigMap(SYSTEMS_DOMAIN), key: 'ca.crt' } } },
          },
        },
        cluster,
      ),
      allowed: allowed(cluster, podPort),
    }
  },
}

const CERTIFICATE_WANTED: SystemCertificate = {
  name: CERTIFICATE,
  namespace: NAMESPACE,
  dnsNames: ['vault.security.svc', 'vault-active.security.svc', 'vault-standby.security.svc', '*.vault-internal', '*.vault-internal.security.svc', 'localhost'],
  ipAddresses: ['127.0.0.1'],
  usages: ['server', 'client'],
  lasts: 'year',
}

function allowed(cluster: Cluster, port: number): Allowed[] {
  const { seal } = cluster.settings.vault
  return [
    callsApiServer(SERVERS, 'Vault', cluster),
    { from: SERVERS, to: SERVERS, ports: [{ number: port }, { number: CLUSTER_PORT }], why: 'Vault’s servers copy from each other' },
    scrapedAt(SERVERS, port, 'Vault'),
    ...(seal ? [{ from: SERVERS, to: outside(cluster), ports: [{ number: 443 }], why: 'Vault unseals itself' }] : []),
  ]
}

function release(cluster: Cluster): ChartRelease {
  const { storageClass } = cluster.settings
  const replicas = COPIES[cluster.plan.platform.environment]
  const storage = (size: string) => ({ enabled: true, size, ...(storageClass !== undefined && { storageClass }) })
  return chartRelease(
    {
      chart: chartNamed('vault'),
      namespace: NAMESPACE,
      wave: RELEASE_WAVES.secretStore,
      values: {
        global: { tlsDisable: false, imagePullSecrets: pullSecrets(cluster) },
        // External Secrets brings secrets: no other way in.
        injector: { enabled: false },
        server: {
          logFormat: 'json',
          priorityClassName: platformPriority(cluster),
          resources: resources('100m', '256Mi', '512Mi'),
          extraEnvironmentVars: { VAULT_CACERT: `${CERTIFICATE_FOLDER}/ca.crt` },
          volumes: [{ name: CERTIFICATE, secret: { secretName: CERTIFICATE } }],
          volumeMounts: [{ name: CERTIFICATE, mountPath: CERTIFICATE_FOLDER, readOnly: true }],
          dataStorage: storage('10Gi'),
          auditStorage: storage('10Gi'),
          statefulSet: {
            securityContext: {
              pod: { runAsNonRoot: true, runAsUser: 100, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
              container: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            },
          },
          ha: { enabled: true, replicas, raft: { enabled: true, setNodeId: true, config: serverConfig(replicas, cluster.settings.vault.seal) } },
        },
      },
    },
    cluster,
  )
}
