export { ensureSecret, ensureSecrets } from './ensure-secret.ts'
export { materialise, materialiseText, type PlainTree, type ReadSecret } from './materialise.ts'
export { writeConfigFile } from './write-config-file.ts'
