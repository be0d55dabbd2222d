export { clientSource } from './client-source.ts'
export { joinRuntime, RUNTIME_FILES } from './runtime-source.ts'
