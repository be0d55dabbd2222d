export { claimPorts, releasePorts } from './claims.ts'
export { choosePorts } from './choose-ports.ts'
export { keepPorts, type KeptPorts, loadPorts, portsToKeep, savePorts, savePortsOnceReady } from './store.ts'
