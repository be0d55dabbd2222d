/** The provider is down, slow or unreachable: what became of the request is not known. Worth another attempt with the same key. */
export class PaymentUnavailableError extends Error {
  override readonly name = 'PaymentUnavailableError'
}

/** The provider understood the request and does not do it; asking again changes nothing. A declined card is not an error but an answer. */
export class PaymentRefusedError extends Error {
  override readonly name = 'PaymentRefusedError'
  /** The provider's word for why. */
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}
