import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares hashes, so that the time it takes says nothing about the key. */
export function checkBearer(header: string | undefined, apiKey: string): boolean {
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${apiKey}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
