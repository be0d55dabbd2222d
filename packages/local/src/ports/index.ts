export { claimPorts, releasePorts } from './claims.ts'
export { choosePorts } from './choose-ports.ts'
export { loadPorts, savePortsOnceReady } from './store.ts'
