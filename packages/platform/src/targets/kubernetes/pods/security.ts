/** The user of every image that the platform runs: Temporal's images bring it, and those of applications must. */
const USER = 1000

/** What the level "restricted" of the Pod Security Standards asks of a pod, and more. */
export const POD_SECURITY = {
  runAsNonRoot: true,
  runAsUser: USER,
  runAsGroup: USER,
  fsGroup: USER,
  seccompProfile: { type: 'RuntimeDefault' },
} as const

export const CONTAINER_SECURITY = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
} as const
