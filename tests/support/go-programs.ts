import type { GoProgram } from './go-program.ts'

const MINIMUM_GO = '1.26.8'

/** The reference registry of the OCI distribution standard. */
export const REGISTRY: GoProgram = {
  name: 'registry',
  version: '3.1.2',
  go: {
    minimumVersion: MINIMUM_GO,
    packages: { registry: 'github.com/distribution/distribution/v3/cmd/registry' },
    versionVariable: 'github.com/distribution/distribution/v3/version.version',
  },
}

/** Its own words for its version have no patch, so it is linked with all of it. */
export const HELM: GoProgram = {
  name: 'helm',
  version: '3.22.0',
  versionArguments: ['version', '--short'],
  go: { minimumVersion: MINIMUM_GO, packages: { helm: 'helm.sh/helm/v3/cmd/helm' }, versionVariable: 'helm.sh/helm/v3/internal/version.version' },
}

/** Computes who reaches whom from network policies: an opinion that is not ours. */
export const CYCLONUS: GoProgram = {
  name: 'cyclonus',
  version: '0.5.6',
  versionArguments: ['version'],
  go: {
    minimumVersion: MINIMUM_GO,
    packages: { cyclonus: 'github.com/mattfenwick/cyclonus/cmd/cyclonus' },
    versionVariable: 'github.com/mattfenwick/cyclonus/pkg/cli.version',
  },
}

/** What pods are asked with whether they are ready: Kubernetes' own probe cannot speak TLS. */
export const HEALTH_PROBE: GoProgram = {
  name: 'grpc-health-probe',
  version: '0.4.61',
  go: { minimumVersion: MINIMUM_GO, packages: { 'grpc-health-probe': 'github.com/grpc-ecosystem/grpc-health-probe' }, versionVariable: 'main.versionTag' },
}
