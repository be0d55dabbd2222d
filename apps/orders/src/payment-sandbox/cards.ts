/** What the sandbox does with a card. */
export interface CardBehaviour {
  readonly outcome: 'approved' | 'card_declined' | 'insufficient_funds'
  /** The first answer to a key takes as long as the sandbox's `slowMs`. */
  readonly slow?: boolean
  /** So many requests of a key are answered with 503 before one is processed. */
  readonly failures?: number
}

const CARDS: Readonly<Record<string, CardBehaviour>> = {
  '4242424242424242': { outcome: 'approved' },
  '4000000000000002': { outcome: 'card_declined' },
  '4000000000009995': { outcome: 'insufficient_funds' },
  '4000000000000077': { outcome: 'approved', slow: true },
  '4000000000000119': { outcome: 'approved', failures: 2 },
}

/** A card that is not one of the test cards is declined. */
export function behaviourOf(cardNumber: string): CardBehaviour {
  return CARDS[cardNumber] ?? { outcome: 'card_declined' }
}
