import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ApiProblem, problem, problemBody } from './api-problem.ts'
import { PROBLEM_MEDIA_TYPE } from './problem-handler.ts'

const RAW_PROBLEMS: Readonly<Record<string, () => ApiProblem>> = {
  HPE_HEADER_OVERFLOW: () => problem('headers-too-large', 'send fewer or shorter header fields'),
  ERR_HTTP_REQUEST_TIMEOUT: () => problem('request-timeout', 'send the whole request at once'),
}

/** Answers what is not HTTP, or too much of it: there is no request yet, so the answer is written by hand. */
export function answerRawError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const found = RAW_PROBLEMS[error.code ?? '']?.() ?? problem('malformed-request', 'this is not an HTTP request')
  const body = JSON.stringify(problemBody(found, { instance: 'about:blank', requestId: 'none' }))
  const head = [
    `HTTP/1.1 ${found.status} ${STATUS_CODES[found.status]}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
