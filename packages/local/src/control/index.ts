export { restartProcess } from './ask.ts'
export { controlPath } from './protocol.ts'
export { type ControlServer, serveControl } from './serve-control.ts'
