import type { Cluster } from '../cluster.ts'
import type { Allowed } from '../network/allowed.ts'
import type { KubernetesObject } from '../object.ts'
import { wantedSecrets } from '../secrets/wanted.ts'
import type { ChartRelease, KubernetesSystem, ManifestRelease, PublicService, SystemContribution } from '../system.ts'
import { systemCertificate } from './certificates.ts'

/** What all systems of a cluster bring, together. */
export interface AssembledSystems {
  readonly objects: readonly KubernetesObject[]
  readonly allowed: readonly Allowed[]
  /** In the order in which they are installed. */
  readonly releases: readonly ChartRelease[]
  readonly manifests: readonly ManifestRelease[]
  readonly open: readonly PublicService[]
  readonly names: Readonly<Record<string, readonly string[]>>
  /** See `SystemContribution.makes`. */
  readonly makes: readonly string[]
  /** Whether any of them has a certificate. */
  readonly certified: boolean
}

export function assembleSystems(systems: readonly KubernetesSystem[], cluster: Cluster): AssembledSystems {
  const contributed = systems.map((system) => system.contribute(cluster))
  const asked = {
    databases: contributed.flatMap((contribution) => contribution.databases ?? []),
    health: Object.assign({}, ...contributed.map((contribution) => contribution.health)) as Readonly<Record<string, string>>,
  }
  const answered = systems.flatMap((system) => system.contributeFor?.(asked, cluster) ?? [])
  const contributions: readonly SystemContribution[] = [...contributed, ...answered]
  const certificates = contributions.flatMap((contribution) => contribution.certificates ?? [])
  return {
    objects: [
      ...contributions.flatMap((contribution) => contribution.objects ?? []),
      ...certificates.map((certificate) => systemCertificate(certificate, cluster)),
      ...wantedSecrets(
        contributions.flatMap((contribution) => contribution.secrets ?? []),
        cluster,
      ),
    ],
    allowed: contributions.flatMap((contribution) => contribution.allowed ?? []),
    releases: contributions.flatMap((contribution) => contribution.releases ?? []).toSorted(byWave),
    manifests: contributions.flatMap((contribution) => contribution.manifests ?? []).toSorted(byWave),
    open: contributions.flatMap((contribution) => contribution.open ?? []),
    names: Object.assign({}, ...contributions.map((contribution) => contribution.names)) as Readonly<Record<string, readonly string[]>>,
    makes: contributions.flatMap((contribution) => contribution.makes ?? []),
    certified: certificates.length > 0,
  }
}

function byWave(a: { readonly wave: number; readonly name: string }, b: { readonly wave: number; readonly name: string }): number {
  return a.wave - b.wave || (a.name < b.name ? -1 : 1)
}
