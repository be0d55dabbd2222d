export { ensureSecrets } from './ensure-secret.ts'
export { givenFiles, isGiven, type GivenFile } from './given-files.ts'
export { materialiseText, type ReadSecret } from './materialise.ts'
export { writeConfigFile } from './write-config-file.ts'
