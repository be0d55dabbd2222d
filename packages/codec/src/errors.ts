/** A payload cannot be encrypted or decrypted. The message says which and why, and never shows what is in it or a key. */
export class CodecError extends Error {
  override readonly name = 'CodecError'
}
