import { copies, platformPriority, pullSecrets, resources, type Cluster } from '../../../targets/kubernetes/kit.ts'
import type { Values } from '../../../targets/kubernetes/system.ts'
import { grafanaValues } from './grafana-values.ts'

/** Parts of a control plane that most clusters keep to themselves: an alert that they are gone would always be on. */
const HIDDEN = {
  kubeControllerManager: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeProxy: { enabled: false },
  kubeScheduler: { enabled: false },
} as const
const ALERTS_STORAGE = '2Gi'

export function stackValues(cluster: Cluster): Values {
  const { plan, settings } = cluster
  const { retentionDays, storage } = settings.systems.monitoring
  const replicas = copies(cluster)
  const priorityClassName = platformPriority(cluster)
  return {
    ...HIDDEN,
    global: { imagePullSecrets: pullSecrets(cluster) },
    prometheus: {
      prometheusSpec: {
        replicas,
        priorityClassName,
        retention: `${retentionDays}d`,
        retentionSize: nineTenths(storage),
        externalLabels: { platform: plan.platform.name, environment: plan.platform.environment },
        storageSpec: claim(storage, settings.storageClass),
        resources: resources('250m', '1Gi', '4Gi'),
        // Whoever says that it can be scraped, is: not only what this chart brings.
        ruleSelectorNilUsesHelmValues: false,
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
        probeSelectorNilUsesHelmValues: false,
        scrapeConfigSelectorNilUsesHelmValues: false,
      },
    },
    alertmanager: {
      alertmanagerSpec: { replicas, priorityClassName, storage: claim(ALERTS_STORAGE, settings.storageClass), resources: resources('20m', '64Mi', '256Mi') },
    },
    prometheusOperator: {
      admissionWebhooks: { certManager: { enabled: true }, patch: { enabled: false } },
      resources: resources('50m', '128Mi', '512Mi'),
      prometheusConfigReloader: { resources: resources('10m', '32Mi', '64Mi') },
    },
    // It reads the nodes' own files: it stands where that is allowed.
    'prometheus-node-exporter': { namespaceOverride: 'logging', resources: resources('20m', '32Mi', '64Mi') },
    'kube-state-metrics': { resources: resources('20m', '64Mi', '256Mi') },
    grafana: grafanaValues(cluster),
  }
}

function claim(storage: string, storageClass: string | undefined): Values {
  return {
    volumeClaimTemplate: {
      spec: {
        accessModes: ['ReadWriteOnce'],
        ...(storageClass !== undefined && { storageClassName: storageClass }),
        resources: { requests: { storage } },
      },
    },
  }
}

const UNITS = { Mi: 1, Gi: 1024, Ti: 1024 * 1024 } as const

/** Prometheus throws away what is oldest before its volume is full: compaction needs room, too. In its own words for sizes. */
function nineTenths(storage: string): string {
  const unit = storage.slice(-2) as keyof typeof UNITS
  return `${Math.floor(Number(storage.slice(0, -2)) * UNITS[unit] * 0.9)}MiB`
}
