import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Compares passwords in a time that says nothing about them: keyed digests have the same length whatever was sent. */
export class PasswordBook {
  readonly #key = randomBytes(32)
  readonly #digests: ReadonlyMap<string, Buffer>
  /** What an unknown name is compared with, so that it takes as long as a known one. */
  readonly #nobody = randomBytes(32)

  constructor(users: readonly { readonly name: string; readonly password: string }[]) {
    this.#digests = new Map(users.map((user) => [user.name, this.#digest(user.password)]))
  }

  matches(name: string, password: string): boolean {
    const expected = this.#digests.get(name)
    return timingSafeEqual(this.#digest(password), expected ?? this.#nobody) && expected !== undefined
  }

  #digest(password: string): Buffer {
    return createHmac('sha256', this.#key).update(password).digest()
  }
}
