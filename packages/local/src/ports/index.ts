export { claimPorts, releasePorts } from './claims.ts'
export { choosePorts } from './choose-ports.ts'
export { keepPorts, type KeptPorts, loadPorts, portsToKeep, savePortsOnceReady } from './store.ts'
