import { ours, type Cluster } from '../cluster.ts'
import type { NamespaceName } from '../namespaces.ts'
import type { KubernetesObject } from '../object.ts'
import { issuerName } from './names.ts'

/** Domains whose certificates are worth more than others', and the one namespace that may ask for them. */
const GUARDED: Readonly<Record<'internode' | 'database' | 'search', NamespaceName>> = {
  internode: 'temporal-backend',
  database: 'temporal-backend',
  search: 'temporal-backend',
}

/**
 * A cluster issuer signs for every namespace. Whoever has a certificate of Temporal's own processes is an administrator of Temporal, so the API server lets
 * nobody else ask for one: neither with a Certificate nor with a request of their own.
 */
export function issuerPolicy(cluster: Cluster): KubernetesObject[] {
  const name = `${cluster.plan.platform.name}-issuers`
  const platform = cluster.plan.platform.name
  const validations = Object.entries(GUARDED).map(([domain, namespace]) => {
    const issuer = issuerName(platform, domain as keyof typeof GUARDED)
    return {
      expression: `object.spec.issuerRef.name != '${issuer}' || object.metadata.namespace == '${namespace}'`,
      message: `only ${namespace} gets certificates of ${issuer}`,
      reason: 'Forbidden',
    }
  })
  return [
    ours(cluster, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            { apiGroups: ['cert-manager.io'], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: ['certificates', 'certificaterequests'] },
          ],
        },
        validations,
      },
    }),
    ours(cluster, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    }),
  ]
}
