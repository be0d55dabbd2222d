const STORE = [
  'spec.provider.onboardbase.apiHost',
  'spec.provider.onboardbase.environment',
  'spec.provider.onboardbase.project',
  'spec.provider.openBao.auth.appRole.path',
  'spec.provider.openBao.auth.userPass.path',
  'spec.provider.vault.auth.appRole.path',
  'spec.provider.vault.auth.jwt.path',
  'spec.provider.vault.auth.kubernetes.mountPath',
  'spec.provider.vault.auth.ldap.path',
  'spec.provider.vault.auth.userPass.path',
]

/** Fields that are required and have a default, by group and kind: whoever leaves them out gets the default, and the definitions that come with this command do not tell. */
export const DEFAULTED_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'generators.external-secrets.io ClusterGenerator': [
    'spec.generator.passwordSpec.allowRepeat',
    'spec.generator.passwordSpec.length',
    'spec.generator.passwordSpec.noUpper',
    'spec.generator.vaultDynamicSecretSpec.provider.auth.appRole.path',
    'spec.generator.vaultDynamicSecretSpec.provider.auth.jwt.path',
    'spec.generator.vaultDynamicSecretSpec.provider.auth.kubernetes.mountPath',
    'spec.generator.vaultDynamicSecretSpec.provider.auth.ldap.path',
    'spec.generator.vaultDynamicSecretSpec.provider.auth.userPass.path',
  ],
  'generators.external-secrets.io Password': ['spec.allowRepeat', 'spec.length', 'spec.noUpper'],
  'generators.external-secrets.io VaultDynamicSecret': [
    'spec.provider.auth.appRole.path',
    'spec.provider.auth.jwt.path',
    'spec.provider.auth.kubernetes.mountPath',
    'spec.provider.auth.ldap.path',
    'spec.provider.auth.userPass.path',
  ],
  'keda.sh ClusterTriggerAuthentication': ['spec.oauth2.type'],
  'keda.sh TriggerAuthentication': ['spec.oauth2.type'],
  'opentelemetry.io OpenTelemetryCollector': ['spec.managementState'],
  'postgresql.cnpg.io Cluster': ['spec.instances', 'spec.replicationSlots.synchronizeReplicas.enabled'],
  'external-secrets.io SecretStore': STORE,
  'external-secrets.io ClusterSecretStore': STORE,
}
