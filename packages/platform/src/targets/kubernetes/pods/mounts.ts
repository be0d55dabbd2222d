import type { TrustDomain } from '../../../model/values.ts'
import { referencesOf } from '../../../model/references.ts'
import type { Workload } from '../../../model/workload.ts'
import { certificateSecret, trustConfigMap } from '../trust/names.ts'
import { certificateFolder, CONFIG_FOLDER, LIVE_FOLDER, secretFolder, trustFolder, volumeFolder } from '../paths.ts'
import type { ConfigObjects } from './config-objects.ts'

/** A volume of a pod, and where its containers see it. */
export interface Mount {
  readonly volume: { readonly name: string } & Readonly<Record<string, unknown>>
  readonly mountPath: string
  readonly readOnly: boolean
}

/** Everything that a workload's pods find in their file system beside their image. */
export function mountsOf(workload: Workload, config: ConfigObjects): Mount[] {
  const { certificates, volumes, name } = workload
  return [
    ...configMounts(config),
    ...secretsOnFile(workload).map((secret) => readOnly(`secret-${secret}`, { secret: { secretName: secret } }, secretFolder(secret))),
    ...certificates.map(({ domain }) =>
      readOnly(`certificate-${domain}`, { secret: { secretName: certificateSecret(name, domain) } }, certificateFolder(domain)),
    ),
    ...trusted(workload).map((domain) => readOnly(`trust-${domain}`, { configMap: { name: trustConfigMap(domain) } }, trustFolder(domain))),
    ...volumes.map((volume) => writable(volume, { persistentVolumeClaim: { claimName: volume } }, volumeFolder(volume))),
    // The root file system is read-only.
    writable('tmp', { emptyDir: {} }, '/tmp'),
  ]
}

function configMounts({ once, secret, live }: ConfigObjects): Mount[] {
  const sources = [...(once ? [{ configMap: { name: once.metadata.name } }] : []), ...(secret ? [{ secret: { name: secret.metadata.name } }] : [])]
  return [
    ...(sources.length > 0 ? [readOnly('config', { projected: { sources } }, CONFIG_FOLDER)] : []),
    ...(live ? [readOnly('live-config', { configMap: { name: live.metadata.name } }, LIVE_FOLDER)] : []),
  ]
}

/** Secrets that the workload reads from files. */
export function secretsOnFile(workload: Workload): string[] {
  const names = referencesOf(workload).flatMap(({ reference }) =>
    reference.ref === 'path' && (reference.of.kind === 'secret' || reference.of.kind === 'secret-folder') ? [reference.of.name] : [],
  )
  return [...new Set(names)].sort()
}

/** Trust domains whose root the workload reads. */
export function trusted(workload: Workload): TrustDomain[] {
  const domains = referencesOf(workload).flatMap(({ reference }) =>
    reference.ref === 'path' && reference.of.kind === 'trust-bundle' ? [reference.of.domain] : [],
  )
  return [...new Set(domains)].sort()
}

function readOnly(name: string, source: Readonly<Record<string, unknown>>, mountPath: string): Mount {
  return { volume: { name, ...source }, mountPath, readOnly: true }
}

function writable(name: string, source: Readonly<Record<string, unknown>>, mountPath: string): Mount {
  return { volume: { name, ...source }, mountPath, readOnly: false }
}
