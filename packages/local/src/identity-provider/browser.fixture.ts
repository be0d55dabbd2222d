/** What a browser does in a sign-in, with plain fetch: keeps cookies by path, and follows redirects inside one origin. */
export class Browser {
  readonly #origin: string
  readonly #cookies = new Map<string, { value: string; path: string }>()
  constructor(origin: string) {
    this.#origin = origin
  }

  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.#origin)
    const cookie = [...this.#cookies].filter(([, { path }]) => under(url.pathname, path)).map(([name, { value }]) => `${name}=${value}`)
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(init.headers as Record<string, string>), cookie: cookie.join('; ') },
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  /** Follows redirects until an answer stands, or one leads away from the origin: that address is given as text. */
  async follow(address: string, init: RequestInit = {}): Promise<Response | string> {
    const response = await this.send(address, init)
    const location = response.headers.get('location')
    if (location === null) return response
    const next = new URL(location, new URL(address, this.#origin))
    return next.origin === this.#origin ? await this.follow(next.href) : next.href
  }

  /** Sends the form of a page. */
  async submit(page: string, fields: Readonly<Record<string, string>>): Promise<Response | string> {
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined) throw new Error(`no form in:\n${page}`)
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name ?? '', value ?? ''])
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields })
    return await this.follow(action, { method: 'POST', body, headers: { origin: this.#origin } })
  }

  cookieNames(): string[] {
    return [...this.#cookies.keys()]
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/; */)
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    const path = attributes.find((each) => each.toLowerCase().startsWith('path='))?.slice(5) ?? '/'
    if (value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, { value, path })
  }
}

function under(path: string, folder: string): boolean {
  return folder === '/' || path === folder || path.startsWith(`${folder}/`)
}
