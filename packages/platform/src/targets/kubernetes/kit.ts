/** What components' adapters for Kubernetes and systems of a cluster are made with. */
export { publicHost } from './cluster.ts'
export { serviceHost } from './directory.ts'
