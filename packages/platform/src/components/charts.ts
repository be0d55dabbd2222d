/**
 * Every chart of others, pinned. Values that we set are tested against the chart's own, of this version or, where only the project's main line was at hand,
 * of the snapshot before it.
 */
export const CHARTS = {
  'argo-cd': chart('https://argoproj.github.io/argo-helm', '10.1.1', {
    app: 'v3.4.4',
    checked: '2026-07-02',
    images: [
      { name: 'quay.io/argoproj/argocd', tag: 'v3.4.4', repositories: ['global.image.repository'] },
      { name: 'ecr-public.aws.com/docker/library/redis', tag: '8.2.3-alpine', repositories: ['redis.image.repository'] },
    ],
  }),
  authentik: chart('https://charts.goauthentik.io', '2026.8.0', {
    app: '2026.8.0',
    checked: '2026-08-19',
    images: [{ name: 'ghcr.io/goauthentik/server', tag: '2026.8.0', repositories: ['global.image.repository'] }],
  }),
  'cert-manager': chart('oci://quay.io/jetstack/charts', 'v1.21.1', {
    app: 'v1.21.1',
    checked: '2026-08-22',
    images: ['controller', 'webhook', 'cainjector', 'acmesolver'].map((part) => ({
      name: `quay.io/jetstack/cert-manager-${part}`,
      tag: 'v1.21.1',
      registries: ['imageRegistry'],
    })),
  }),
  'cloudnative-pg': chart('https://cloudnative-pg.github.io/charts', '0.29.0', {
    app: '1.30.0',
    checked: '2026-07-20',
    images: [{ name: 'ghcr.io/cloudnative-pg/cloudnative-pg', tag: '1.30.0', repositories: ['image.repository'] }],
  }),
  'plugin-barman-cloud': chart('https://cloudnative-pg.github.io/charts', '0.7.0', {
    app: 'v0.13.0',
    checked: '2026-07-20',
    images: [
      { name: 'ghcr.io/cloudnative-pg/plugin-barman-cloud', tag: 'v0.13.0', registries: ['image.registry'] },
      { name: 'ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar', tag: 'v0.13.0', registries: ['sidecarImage.registry'] },
    ],
  }),
  'eck-operator': chart('https://helm.elastic.co', '3.5.0', {
    app: '3.5.0',
    checked: '2026-08-21',
    images: [{ name: 'docker.elastic.co/eck/eck-operator', tag: '3.5.0', repositories: ['image.repository'] }],
  }),
  'external-secrets': chart('https://charts.external-secrets.io', '2.9.0', {
    app: 'v2.9.0',
    checked: '2026-08-08',
    images: [
      {
        name: 'ghcr.io/external-secrets/external-secrets',
        tag: 'v2.9.0',
        repositories: ['image.repository', 'webhook.image.repository', 'certController.image.repository'],
      },
    ],
  }),
  'fluent-bit': chart('https://fluent.github.io/helm-charts', '0.58.1', {
    app: '5.1.1',
    checked: '2026-08-18',
    images: [{ name: 'cr.fluentbit.io/fluent/fluent-bit', tag: '5.1.1', repositories: ['image.repository'] }],
  }),
  fluentd: chart('https://fluent.github.io/helm-charts', '0.6.0', {
    app: '1.19.3',
    checked: '2026-08-18',
    images: [{ name: 'fluent/fluentd-kubernetes-daemonset', repositories: ['image.repository'] }],
  }),
  gko: chart('https://helm.gravitee.io', '4.12.16', {
    app: '4.12.16',
    checked: '2026-08-12',
    images: [{ name: 'graviteeio/kubernetes-operator', tag: '4.12.16', repositories: ['manager.image.repository'] }],
  }),
  apim: chart('https://helm.gravitee.io', '4.12.0', {
    app: '4.12.0',
    checked: '2026-08-20',
    images: [
      { name: 'graviteeio/apim-management-api', tag: '4.12.0', repositories: ['api.image.repository'] },
      { name: 'graviteeio/apim-gateway', tag: '4.12.0', repositories: ['gateway.image.repository'] },
    ],
  }),
  jaeger: chart('https://jaegertracing.github.io/helm-charts', '4.11.1', {
    app: '2.19.0',
    checked: '2026-06-14',
    images: [{ name: 'jaegertracing/jaeger', tag: '2.19.0', registries: ['jaeger.image.registry'] }],
  }),
  keda: chart('https://kedacore.github.io/charts', '2.20.2', {
    app: '2.20.2',
    checked: '2026-08-14',
    images: [
      { name: 'ghcr.io/kedacore/keda', tag: '2.20.2', registries: ['image.keda.registry'] },
      { name: 'ghcr.io/kedacore/keda-metrics-apiserver', tag: '2.20.2', registries: ['image.metricsApiServer.registry'] },
      { name: 'ghcr.io/kedacore/keda-admission-webhooks', tag: '2.20.2', registries: ['image.webhooks.registry'] },
    ],
  }),
  'kube-prometheus-stack': chart('https://prometheus-community.github.io/helm-charts', '88.5.3', {
    app: 'v0.93.1',
    checked: '2026-08-22',
    images: [
      { name: 'quay.io/prometheus-operator/prometheus-operator', tag: 'v0.93.1', registries: ['prometheusOperator.image.registry'] },
      {
        name: 'quay.io/prometheus-operator/prometheus-config-reloader',
        tag: 'v0.93.1',
        registries: ['prometheusOperator.prometheusConfigReloader.image.registry'],
      },
      { name: 'quay.io/prometheus/prometheus', tag: 'v3.14.0-distroless', registries: ['prometheus.prometheusSpec.image.registry'] },
      { name: 'quay.io/prometheus/alertmanager', tag: 'v0.34.0', registries: ['alertmanager.alertmanagerSpec.image.registry'] },
      { name: 'quay.io/prometheus/node-exporter', registries: ['prometheus-node-exporter.image.registry'] },
      { name: 'registry.k8s.io/kube-state-metrics/kube-state-metrics', registries: ['kube-state-metrics.image.registry'] },
      { name: 'grafana/grafana', tag: '13.2.0', registries: ['grafana.image.registry'] },
    ],
  }),
  'opentelemetry-operator': chart('https://open-telemetry.github.io/opentelemetry-helm-charts', '0.122.0', {
    app: '0.158.0',
    checked: '2026-08-20',
    images: [
      {
        name: 'ghcr.io/open-telemetry/opentelemetry-operator/opentelemetry-operator',
        tag: '0.158.0',
        repositories: ['manager.image.repository'],
      },
    ],
  }),
  reloader: chart('https://stakater.github.io/stakater-charts', '2.1.3', {
    app: 'of the chart',
    checked: '2026-08-22',
    images: [{ name: 'ghcr.io/stakater/reloader', repositories: ['image.repository'] }],
  }),
  'temporal-worker-controller': chart('oci://docker.io/temporalio', '0.27.1', {
    app: '1.8.1',
    checked: '2026-08-07',
    images: [{ name: 'temporalio/temporal-worker-controller', tag: 'v1.8.1', repositories: ['image.repository'] }],
  }),
  'temporal-worker-controller-crds': chart('oci://docker.io/temporalio', '0.27.1', { app: '1.8.1', checked: '2026-08-07', images: [] }),
  traefik: chart('https://traefik.github.io/charts', '41.3.0', {
    app: 'v3.7.11',
    checked: '2026-08-21',
    images: [{ name: 'traefik', tag: 'v3.7.11', registries: ['image.registry'] }],
  }),
  'trust-manager': chart('oci://quay.io/jetstack/charts', 'v0.24.0', {
    app: 'v0.24.0',
    checked: '2026-08-22',
    images: [{ name: 'quay.io/jetstack/trust-manager', tag: 'v0.24.0', registries: ['imageRegistry'] }],
  }),
  vault: chart('https://helm.releases.hashicorp.com', '0.34.1', {
    app: '2.0.4',
    checked: '2026-08-13',
    images: [{ name: 'hashicorp/vault', tag: '2.0.4', repositories: ['server.image.repository'] }],
  }),
} as const satisfies Record<string, Known>

/** The definitions of the Gateway API: no chart, but a folder of the project's repository. */
export const GATEWAY_API = { repository: 'https://github.com/kubernetes-sigs/gateway-api', revision: 'v1.6.1', checked: '2026-07-16' } as const

/** A chart of others with what is known of it. */
interface Known {
  /** `https://…` of a chart repository, or `oci://…` of a registry without the chart's name. */
  readonly repository: string
  readonly version: string
  /** Version of what it installs. */
  readonly app: string
  /** When this version was last compared with what we set for it: year, month, day. */
  readonly checked: string
  readonly images: readonly Image[]
}

interface Image {
  readonly name: string
  /** Absent where only the chart knows it. */
  readonly tag?: string
  /** Paths of values that are the whole name. */
  readonly repositories?: readonly string[]
  /** Paths of values that are the registry only. */
  readonly registries?: readonly string[]
}

export function chartNamed(name: keyof typeof CHARTS): Known & { readonly name: string } {
  return { name, ...CHARTS[name] }
}

function chart(repository: string, version: string, about: Omit<Known, 'repository' | 'version'>): Known {
  return { repository, version, ...about }
}
