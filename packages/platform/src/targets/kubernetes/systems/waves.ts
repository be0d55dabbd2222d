/** Which releases go before which: each stands on those before it. Argo CD waits until all of a wave are healthy. */
export const RELEASE_WAVES = {
  /** Kinds of a standard, which controllers look for when they start. */
  definitions: 1,
  certificates: 2,
  /** What brings roots and secrets to where they are used. */
  distribution: 3,
  /** Here people unseal Vault for the first time: nothing after it has its secrets before. */
  secretStore: 4,
  operators: 5,
  /** What stands on an operator: its plugin, a system with a database. */
  services: 6,
  /** What stands on the identity provider, or on all the others. */
  late: 7,
} as const
