import type { ShopApi } from '../../shop/api.ts'
import { follow, type EndedOrder, type PlacedOrder } from '../../shop/customer.ts'

export interface LoadOptions {
  readonly api: ShopApi
  readonly orders: readonly PlacedOrder[]
  /** How many customers are waiting for their orders at a time. */
  readonly customers: number
}

/** Orders under way. They are placed in order, and never more than the drill has released, so that some are under way at each kill. */
export class Load {
  readonly ended: EndedOrder[] = []
  /** Resolves when all orders have ended; rejects when one could not be followed. */
  readonly done: Promise<void>
  readonly #options: LoadOptions
  #released = 0
  #begun = 0
  #taken = 0
  #waiting: (() => void)[] = []
  #closed = false

  constructor(options: LoadOptions) {
    this.#options = options
    this.done = Promise.all(Array.from({ length: options.customers }, () => this.#serve())).then(() => undefined)
    // Whoever waits for it hears of it; until then it is not unheard.
    this.done.catch(() => undefined)
  }

  /** Orders that the platform has taken, whether or not they have ended. */
  get taken(): number {
    return this.#taken
  }

  get underWay(): number {
    return this.#taken - this.ended.length
  }

  /** Lets the orders up to this number be placed. */
  release(count: number): void {
    this.#released = Math.min(Math.max(this.#released, count), this.#options.orders.length)
    for (const go of this.#waiting.splice(0)) go()
  }

  /** Places no more orders. {@link Load.done} then waits for those that are under way. */
  close(): void {
    this.#closed = true
    for (const go of this.#waiting.splice(0)) go()
  }

  async #serve(): Promise<void> {
    const { api, orders } = this.#options
    while (!this.#closed && this.#begun < orders.length) {
      if (this.#begun >= this.#released) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve))
        continue
      }
      const order = orders[this.#begun++]!
      this.ended.push(await follow(api, order, () => void this.#taken++))
    }
  }
}
