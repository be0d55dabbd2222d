import { open, stat } from 'node:fs/promises'
import { expect } from 'vitest'
import { describeNamespace } from './frontend.ts'
import { processNamed } from './platform.ts'

/** What the frontend logs of a token that is not even three parts. */
const MARK = 'token contains an invalid number of segments'

/**
 * Runs a call, and tells why the frontend found its token bad: callers are told nothing but "unauthorized", the log has the reason.
 * Nothing is logged of a token that is good and only allows too little.
 */
export async function reasonsOf<T>(call: () => Promise<T>): Promise<{ readonly result: T; readonly reasons: readonly string[] }> {
  const { logFile } = await processNamed('temporal-frontend')
  const { size } = await stat(logFile)
  const result = await call()
  // The log comes late. A call with a token of another fault marks the end of what belongs to ours.
  await describeNamespace({ token: 'mark' })
  const errors = async () => (await tail(logFile, size)).flatMap(authorizationError)
  await expect.poll(errors, { timeout: 10_000 }).toContain(MARK)
  const all = await errors()
  return { result, reasons: all.slice(0, all.lastIndexOf(MARK)) }
}

function authorizationError(line: string): string[] {
  const { msg, error } = JSON.parse(line) as { msg: string; error?: string }
  return msg === 'Authorization error' ? [error ?? ''] : []
}

/** Whole lines that were written since the file had a size. */
async function tail(path: string, from: number): Promise<string[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - from), position: from })
    return buffer.toString('utf8', 0, bytesRead).split('\n').slice(0, -1)
  } finally {
    await file.close()
  }
}
