import type { Rule } from './rule.ts'
import { argoProject } from './rules/argo-project.ts'
import { backendReference } from './rules/backend-reference.ts'
import { bundleSource } from './rules/bundle-source.ts'
import { certificateIdentity } from './rules/certificate-identity.ts'
import { certificateNames } from './rules/certificate-names.ts'
import { certificateUsages } from './rules/certificate-usages.ts'
import { chartPinned } from './rules/chart-pinned.ts'
import { claimReference } from './rules/claim-reference.ts'
import { collectorPipelines } from './rules/collector-pipelines.ts'
import { configReference } from './rules/config-reference.ts'
import { connectionBudget } from './rules/connection-budget.ts'
import { containerResources } from './rules/container-resources.ts'
import { cronFields } from './rules/cron-fields.ts'
import { defaultNamespace } from './rules/default-namespace.ts'
import { disruptionBudget } from './rules/disruption-budget.ts'
import { duplicateObject } from './rules/duplicate-object.ts'
import { gatewayReference } from './rules/gateway-reference.ts'
import { goDuration } from './rules/go-duration.ts'
import { imageDigest } from './rules/image-digest.ts'
import { imageTag } from './rules/image-tag.ts'
import { ingressController } from './rules/ingress-controller.ts'
import { issuerReference } from './rules/issuer-reference.ts'
import { monitorPort } from './rules/monitor-port.ts'
import { namespaceSelectorLabel } from './rules/namespace-selector-label.ts'
import { networkPolicyAllows } from './rules/network-policy-allows.ts'
import { networkPolicyDns } from './rules/network-policy-dns.ts'
import { objectName } from './rules/object-name.ts'
import { objectShape } from './rules/object-shape.ts'
import { plaintextSecret } from './rules/plaintext-secret.ts'
import { podSecurity } from './rules/pod-security.ts'
import { priorityClassReference } from './rules/priority-class-reference.ts'
import { probePort } from './rules/probe-port.ts'
import { publicIssuerNames } from './rules/public-issuer-names.ts'
import { readOnlyRoot } from './rules/read-only-root.ts'
import { replicasAndAutoscaler } from './rules/replicas-and-autoscaler.ts'
import { roleBinding } from './rules/role-binding.ts'
import { roleSecrets } from './rules/role-secrets.ts'
import { scaleTarget } from './rules/scale-target.ts'
import { schema } from './rules/schema.ts'
import { secretStoreReference } from './rules/secret-store-reference.ts'
import { selectorMatches } from './rules/selector-matches.ts'
import { serviceAccountReference } from './rules/service-account-reference.ts'
import { serviceAccountToken } from './rules/service-account-token.ts'
import { serviceNameResolves } from './rules/service-name-resolves.ts'
import { serviceTargetPort } from './rules/service-target-port.ts'
import { temporalConfigKeys } from './rules/temporal-config-keys.ts'
import { temporalConfigStores } from './rules/temporal-config-stores.ts'
import { temporalDynamicConfigKeys } from './rules/temporal-dynamic-config-keys.ts'
import { unservedVersion } from './rules/unserved-version.ts'
import { workloadSelector } from './rules/workload-selector.ts'

/** Rules that are about one thing. */
export interface RuleGroup {
  readonly title: string
  readonly rules: readonly Rule[]
}

/** Every rule. `docs/reference/rules.md` is generated from this table. */
export const RULE_GROUPS: readonly RuleGroup[] = [
  { title: 'The objects themselves', rules: [objectShape, schema, unservedVersion, duplicateObject, objectName, defaultNamespace, cronFields, goDuration] },
  {
    title: 'References',
    rules: [
      configReference,
      claimReference,
      serviceAccountReference,
      priorityClassReference,
      roleBinding,
      issuerReference,
      secretStoreReference,
      bundleSource,
      gatewayReference,
      backendReference,
      scaleTarget,
      argoProject,
      workloadSelector,
      selectorMatches,
      serviceNameResolves,
    ],
  },
  { title: 'Ports', rules: [probePort, serviceTargetPort, monitorPort] },
  { title: 'Certificates', rules: [certificateIdentity, certificateNames, certificateUsages, publicIssuerNames] },
  { title: 'Network policies', rules: [networkPolicyAllows, networkPolicyDns, namespaceSelectorLabel] },
  {
    title: 'Programs and their configuration',
    rules: [connectionBudget, temporalConfigKeys, temporalConfigStores, temporalDynamicConfigKeys, collectorPipelines],
  },
  {
    title: 'Safety',
    rules: [
      imageTag,
      imageDigest,
      chartPinned,
      podSecurity,
      readOnlyRoot,
      serviceAccountToken,
      containerResources,
      plaintextSecret,
      roleSecrets,
      ingressController,
      disruptionBudget,
      replicasAndAutoscaler,
    ],
  },
]

export const RULES: readonly Rule[] = RULE_GROUPS.flatMap(({ rules }) => rules)
