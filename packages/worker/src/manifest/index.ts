import type { Manifest } from './manifest.ts'

/**
 * Stands in for the module that is generated from a contract when workflows are bundled. It exists so that the types resolve;
 * a workflow that is imported outside a bundle has no contract, and says so.
 */
function outsideBundle(): Manifest {
  throw new Error('workflow code was imported outside a workflow bundle; run it through runWorker or bundleWorkflows')
}

export const manifest: Manifest = outsideBundle()
