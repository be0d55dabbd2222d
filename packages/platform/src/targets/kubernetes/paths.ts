import type { PathReference, TrustDomain } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'

const ROOT = '/etc/sundial'
/** Files that never change while a pod lives. */
export const CONFIG_FOLDER = `${ROOT}/config`
/** Files that a program reads again while it runs. */
export const LIVE_FOLDER = `${ROOT}/live`

export const secretFolder = (name: string): string => `${ROOT}/secrets/${name}`
export const certificateFolder = (domain: TrustDomain): string => `${ROOT}/certificates/${domain}`
export const trustFolder = (domain: TrustDomain): string => `${ROOT}/trust/${domain}`
export const volumeFolder = (name: string): string => `/var/lib/${name}`

/** Where something is in the file system of a workload's pods. */
export function pathOf(of: PathReference['of'], { files }: Pick<Workload, 'files'>): string {
  switch (of.kind) {
    case 'secret':
      return `${secretFolder(of.name)}/${of.key}`
    case 'secret-folder':
      return secretFolder(of.name)
    case 'certificate':
      return `${certificateFolder(of.domain)}/${of.part === 'cert' ? 'tls.crt' : 'tls.key'}`
    case 'trust-bundle':
      return `${trustFolder(of.domain)}/ca.crt`
    case 'config-file':
      return `${files[of.name]?.reloadedFrom === undefined ? CONFIG_FOLDER : LIVE_FOLDER}/${of.name}`
    case 'config-folder':
      return CONFIG_FOLDER
    case 'volume':
      return of.file === undefined ? volumeFolder(of.name) : `${volumeFolder(of.name)}/${of.file}`
  }
}
