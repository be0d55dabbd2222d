/** A provider of tokens did not give what was asked of it. The message names the provider and its answer, never a secret. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
}
