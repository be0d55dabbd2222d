import { operatedPostgresql } from '../../../model/operated.ts'
import { certificateSecret, type Cluster, type KubernetesObject, ours, priorityOf, pulledImage } from '../../../targets/kubernetes/kit.ts'
import { POSTGRESQL } from '../names.ts'
import { accessRules, firstDatabase, owners } from './databases.ts'
import { BACKUP_PLUGIN, CLUSTER_LABELS, NAMESPACE, OBJECT_STORE } from './names.ts'
import { parameters } from './parameters.ts'

/** Servers of the environment, with what is usual for it. */
export function instancesOf({ plan, settings }: Cluster): number {
  return settings.postgresql.instances ?? (plan.platform.environment === 'development' ? 1 : 3)
}

/** One cluster for all databases: a restore brings them back to one point in time. */
export function postgresqlCluster(cluster: Cluster): KubernetesObject {
  const { plan, settings } = cluster
  const { storage, walStorage, resources } = settings.postgresql
  const instances = instancesOf(cluster)
  const certificate = certificateSecret(POSTGRESQL, 'database')
  const first = firstDatabase(cluster)
  const disk = (size: string) => ({
    size,
    ...(settings.storageClass !== undefined && { storageClass: settings.storageClass }),
    resizeInUseVolumes: true,
  })
  return ours(cluster, {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Cluster',
    metadata: { name: POSTGRESQL, namespace: NAMESPACE },
    spec: {
      instances,
      imageName: pulledImage(cluster, operatedPostgresql(plan.platform.versions.postgresql).image),
      ...(settings.images.pullSecrets.length > 0 && { imagePullSecrets: settings.images.pullSecrets.map((name) => ({ name })) }),
      // Nobody logs in as superuser: roles and databases are the operator's.
      enableSuperuserAccess: false,
      priorityClassName: priorityOf(plan.platform.name, 'backend'),
      resources: { requests: { cpu: resources.cpu, memory: resources.memory }, limits: { cpu: resources.cpuLimit, memory: resources.memoryLimit } },
      storage: disk(storage),
      walStorage: disk(walStorage),
      ...(first && {
        bootstrap: { initdb: { database: first.name, owner: first.owner, secret: { name: first.secret }, dataChecksums: true, encoding: 'UTF8' } },
      }),
      managed: { roles: owners(cluster).map(([name, secret]) => ({ name, ensure: 'present', login: true, inherit: true, passwordSecret: { name: secret } })) },
      postgresql: {
        parameters: parameters(cluster),
        pg_hba: accessRules(cluster),
        // What a client was told is written is on two disks, so that a failover loses nothing. One server may be away, and writes go on.
        ...(instances >= 3 && { synchronous: { method: 'any', number: 1, dataDurability: 'required', failoverQuorum: true } }),
      },
      certificates: { serverTLSSecret: certificate, serverCASecret: certificate },
      ...placement(cluster, instances),
      // A replica is promoted, so that an update costs seconds and not a restart.
      primaryUpdateStrategy: 'unsupervised',
      primaryUpdateMethod: instances > 1 ? 'switchover' : 'restart',
      // Clients of Temporal try again: their connections are cut rather than waited for.
      smartShutdownTimeout: 15,
      stopDelay: 120,
      switchoverDelay: 120,
      ...(settings.backups && { plugins: [{ name: BACKUP_PLUGIN, enabled: true, isWALArchiver: true, parameters: { barmanObjectName: OBJECT_STORE } }] }),
    },
  })
}

/** Servers on nodes of their own; where nodes are few and nothing depends on it, if possible. */
function placement({ plan }: Cluster, instances: number): object {
  return {
    affinity: {
      enablePodAntiAffinity: true,
      topologyKey: 'kubernetes.io/hostname',
      podAntiAffinityType: plan.platform.environment === 'production' ? 'required' : 'preferred',
    },
    topologySpreadConstraints: [
      { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: CLUSTER_LABELS } },
    ],
    // With one server, a budget would keep its node from ever being emptied.
    enablePDB: instances > 1,
  }
}
