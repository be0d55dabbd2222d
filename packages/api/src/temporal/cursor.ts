import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { problem } from '../http/api-problem.ts'

/** Milliseconds for which a cursor can be used: Temporal's page tokens are not meant to be kept. */
const LIFETIME_MS = 60 * 60 * 1000

/** Turns Temporal's page tokens into cursors and back. */
export interface CursorSigner {
  /** `scope` is everything that the page depends on: a cursor is good for the same scope only. */
  write(pageToken: Uint8Array, scope: string): string
  /** Throws a 400 unless it is a cursor that `write` made, for this scope, not long ago. */
  read(cursor: string, scope: string): Buffer
}

interface CursorContent {
  readonly token: string
  readonly scope: string
  readonly expires: number
}

/** Signs cursors, since Temporal answers a page token that it did not make with an obscure error after many attempts. */
export function createCursorSigner(key: Buffer): CursorSigner {
  const sign = (content: string) => createHmac('sha256', key).update(content).digest()
  return {
    write(pageToken, scope) {
      const content: CursorContent = { token: Buffer.from(pageToken).toString('base64'), scope: digest(scope), expires: Date.now() + LIFETIME_MS }
      const text = Buffer.from(JSON.stringify(content)).toString('base64url')
      return `${text}.${sign(text).toString('base64url')}`
    },
    read(cursor, scope) {
      const [text = '', signature = ''] = cursor.split('.', 2)
      const given = Buffer.from(signature, 'base64url')
      const expected = sign(text)
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw problem('bad-cursor', 'the cursor is not one of ours; send "nextCursor" of the previous page unchanged')
      const content = JSON.parse(Buffer.from(text, 'base64url').toString()) as CursorContent
      if (content.scope !== digest(scope)) throw problem('bad-cursor', 'the cursor belongs to a list with other filters; keep them the same from page to page')
      if (content.expires < Date.now()) throw problem('bad-cursor', 'the cursor has expired; begin again without one')
      return Buffer.from(content.token, 'base64')
    },
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
