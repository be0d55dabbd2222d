import { connect } from 'node:net'

/** "Shall we encrypt by GSSAPI?": length and code. The protocol's only question that may be asked and left alone: a server logs nothing about who goes then. */
const GREETING = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x30])

/** Ready is an answer to a greeting. A connection alone proves nothing: the kernel accepts it for a server that hangs. */
export function probePostgresql({ host, port }: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, signal })
    socket.once('error', reject)
    socket.once('connect', () => socket.write(GREETING))
    socket.once('data', () => {
      socket.destroy()
      resolve()
    })
    socket.once('close', () => reject(new Error('closed the connection without an answer')))
  })
}
