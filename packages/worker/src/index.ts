export { BundleError } from './bundle/bundle-error.ts'
export { bundleWorkflows, type BundleWorkflowsOptions } from './bundle/bundle-workflows.ts'
export { runWorker, type RunWorkerOptions } from './runner/run-worker.ts'
export type { ReadinessSource } from './runner/worker-readiness.ts'
