export { choosePorts, type PortRequest, type Ports } from './choose-ports.ts'
export { loadPorts, portsFile, savePorts } from './store.ts'
