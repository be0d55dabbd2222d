import { get } from 'node:http'
import { NotReadyAnswer } from './answer.ts'

/** As much of an answer as belongs in a message, in characters. */
const SHOWN = 200

/** Ready is an answer from 200 to 399, as in Kubernetes. Connections are not kept: an idle one would hold up the process when it stops. */
export function probeHttp(url: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal, headers: { connection: 'close', 'user-agent': 'sundial-probe' } }, (response) => {
      const status = response.statusCode ?? 0
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (body.length < SHOWN) body += chunk
      })
      response.once('error', reject)
      response.once('end', () => {
        if (status >= 200 && status < 400) return resolve()
        reject(new NotReadyAnswer(`answered ${status}: ${body.slice(0, SHOWN).trim()}`))
      })
    })
    request.once('error', reject)
  })
}
