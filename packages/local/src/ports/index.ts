export { claimPorts, releasePorts } from './claims.ts'
export { choosePorts } from './choose-ports.ts'
export { reservePort } from './reserve-port.ts'
export { keepPorts, type KeptPorts, loadPorts, portsToKeep, savePorts, savePortsOnceReady } from './store.ts'
