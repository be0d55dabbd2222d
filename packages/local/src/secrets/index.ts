export { ensureSecrets } from './ensure-secret.ts'
export { materialiseText, type ReadSecret } from './materialise.ts'
export { writeConfigFile } from './write-config-file.ts'
