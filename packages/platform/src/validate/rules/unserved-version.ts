import { kindOf } from '../object-names.ts'
import type { Rule } from '../rule.ts'

/** Versions that API servers of today do not serve, or soon will not, by `<apiVersion> <kind>` or `<apiVersion>`; and what to write. */
const GONE: Readonly<Record<string, string>> = {
  'external-secrets.io/v1beta1': 'external-secrets.io/v1',
  'external-secrets.io/v1alpha1 ExternalSecret': 'external-secrets.io/v1',
  'external-secrets.io/v1alpha1 SecretStore': 'external-secrets.io/v1',
  'external-secrets.io/v1alpha1 ClusterSecretStore': 'external-secrets.io/v1',
  'opentelemetry.io/v1alpha1 OpenTelemetryCollector': 'opentelemetry.io/v1beta1, whose spec.config is an object',
  'cert-manager.io/v1alpha2': 'cert-manager.io/v1',
  'cert-manager.io/v1alpha3': 'cert-manager.io/v1',
  'cert-manager.io/v1beta1': 'cert-manager.io/v1',
  'extensions/v1beta1': 'apps/v1 or networking.k8s.io/v1',
  'apps/v1beta1': 'apps/v1',
  'apps/v1beta2': 'apps/v1',
  'batch/v1beta1': 'batch/v1',
  'policy/v1beta1 PodDisruptionBudget': 'policy/v1',
  'policy/v1beta1 PodSecurityPolicy': 'labels of the namespace: pod-security.kubernetes.io/enforce',
  'networking.k8s.io/v1beta1': 'networking.k8s.io/v1',
  'autoscaling/v2beta1': 'autoscaling/v2',
  'autoscaling/v2beta2': 'autoscaling/v2',
  'rbac.authorization.k8s.io/v1beta1': 'rbac.authorization.k8s.io/v1',
  'apiextensions.k8s.io/v1beta1': 'apiextensions.k8s.io/v1',
  'admissionregistration.k8s.io/v1beta1': 'admissionregistration.k8s.io/v1',
  'gateway.networking.k8s.io/v1alpha2 HTTPRoute': 'gateway.networking.k8s.io/v1',
  'gateway.networking.k8s.io/v1alpha2 GRPCRoute': 'gateway.networking.k8s.io/v1',
  'gateway.networking.k8s.io/v1alpha2 Gateway': 'gateway.networking.k8s.io/v1',
  'gateway.networking.k8s.io/v1alpha3 BackendTLSPolicy': 'gateway.networking.k8s.io/v1',
}

export const unservedVersion: Rule = {
  id: 'unserved-version',
  meaning: 'No object has a version of its API that is no longer served, or that its operator no longer reads.',
  why: 'The API server answers that there is no such kind.',
  severity: 'error',
  *check({ objects }) {
    for (const at of objects) {
      const version = at.get('apiVersion')
      const instead = GONE[`${version.text} ${kindOf(at)}`] ?? GONE[version.text ?? '']
      if (instead !== undefined) yield version.problem(`${version.text} is not served for ${kindOf(at)}`, `Write ${instead}.`)
      if (kindOf(at) === 'Cluster' && version.text?.startsWith('postgresql.cnpg.io/')) {
        const barman = at.get('spec', 'backup', 'barmanObjectStore')
        if (barman.exists)
          yield barman.problem(
            'backups within the operator are being removed from CloudNativePG',
            'Use the plugin barman-cloud.cloudnative-pg.io in spec.plugins, and an ObjectStore.',
          )
      }
    }
  },
}
