import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureCertificates } from '@sundial/local/testing'
import type { Machine } from './machine.ts'
import type { Certificate, ConfigMap, PodSpec, VolumeSource } from './pod-shapes.ts'

/** Everything that a pod's containers find in their file system beside their image, below a folder. */
export async function placeFiles({ containers: [container], volumes }: PodSpec, root: string, machine: Machine): Promise<void> {
  for (const { name, mountPath } of container.volumeMounts) {
    const volume = volumes.find((candidate) => candidate.name === name)
    if (!volume) throw new Error(`the pod mounts "${name}", and has no such volume`)
    const folder = join(root, mountPath)
    await mkdir(folder, { recursive: true })
    for (const source of volume.projected?.sources ?? [volume]) await placeSource(source, { folder, root, machine })
  }
}

interface Place {
  readonly folder: string
  readonly root: string
  readonly machine: Machine
}

async function placeSource({ configMap, secret }: VolumeSource, place: Place): Promise<void> {
  if (configMap) await placeConfigMap(configMap.name, place)
  const secretName = secret?.secretName ?? secret?.name
  if (secretName !== undefined) await placeCertificate(secretName, place)
}

/** Roots come by trust-manager; all others are in the tree. */
async function placeConfigMap(name: string, { folder, root, machine }: Place): Promise<void> {
  const rootFile = machine.roots[name.replace(/-ca$/, '')]
  if (rootFile !== undefined) return copyFile(rootFile, join(folder, 'ca.crt'))
  const found = machine.objects.find((object): object is ConfigMap => object.kind === 'ConfigMap' && object.metadata.name === name)
  if (!found) throw new Error(`there is no ConfigMap "${name}"`)
  for (const [file, text] of Object.entries(found.data)) await writeFile(join(folder, file), machine.replaced(text, root))
}

/** As cert-manager does it: what the Certificate says, signed by the root of its issuer. */
async function placeCertificate(secretName: string, { folder, machine }: Place): Promise<void> {
  const found = machine.objects.find((object): object is Certificate => object.kind === 'Certificate' && (object as Certificate).spec.secretName === secretName)
  if (!found) throw new Error(`no Certificate makes the secret "${secretName}"`)
  const { commonName, dnsNames, usages, issuerRef } = found.spec
  const domain = issuerRef.name.slice(issuerRef.name.lastIndexOf('-') + 1)
  const caFile = machine.roots[domain]
  if (caFile === undefined) throw new Error(`nobody has the root of "${issuerRef.name}"`)
  await ensureCertificates({
    trustDomains: [{ name: domain, caFile, keyFile: caFile.replace(/\.crt$/, '.key') }],
    certificates: [
      {
        name: found.metadata.name,
        domain,
        commonName,
        dnsNames,
        ipAddresses: [],
        usages: (['server', 'client'] as const).filter((usage) => usages.includes(`${usage} auth`)),
        certFile: join(folder, 'tls.crt'),
        keyFile: join(folder, 'tls.key'),
      },
    ],
  })
}
