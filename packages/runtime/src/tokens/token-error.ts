/** No token could be got. The message names the provider and its answer, never a secret. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
}
