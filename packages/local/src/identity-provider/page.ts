import { createHash } from 'node:crypto'
import { Html, html } from './html.ts'

/** The look of every page. Nothing comes from elsewhere, so the pages work offline and under a strict policy. */
const STYLE = `
:root { color-scheme: light dark; --paper: #f6f5f2; --card: #fff; --ink: #1d2230; --soft: #5b6275; --line: #c9ccd6; --field: #858b9d; --accent: #b4540a; --accent-ink: #fff; --alert: #a3141a; --alert-paper: #fdecec }
@media (prefers-color-scheme: dark) { :root { --paper: #14161c; --card: #1e212a; --ink: #eceef4; --soft: #a8aec0; --line: #4a5063; --field: #767d93; --accent: #f2a65a; --accent-ink: #231303; --alert: #ffb4ae; --alert-paper: #47191b } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 24rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; box-shadow: 0 1px 3px rgb(0 0 0 / .08) }
.mark { display: flex; align-items: center; gap: .5rem; margin: 0 0 1.5rem; color: var(--soft); font-weight: 600 }
.mark svg { color: var(--accent) }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25 }
p { margin: 0 0 1.25rem; color: var(--soft); overflow-wrap: anywhere }
label { display: block; margin: 0 0 .25rem; font-weight: 600 }
input:not([type=hidden]) { width: 100%; margin: 0 0 1rem; padding: .625rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--field); border-radius: .5rem }
button { width: 100%; padding: .625rem .75rem; margin-top: .5rem; font: inherit; font-weight: 600; border: 1px solid var(--accent); border-radius: .5rem; color: var(--accent-ink); background: var(--accent); cursor: pointer }
button.quiet { color: inherit; background: transparent; border-color: var(--line) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.alert { padding: .625rem .75rem; border-radius: .5rem; color: var(--alert); background: var(--alert-paper) }
`

/** In one piece: the policy has the digest of what is between the tags, and a formatter would put spaces into a template of HTML. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`)

const MARK = html`<p class="mark">
  <svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">
    <path d="M3 19h18M5 19a7 7 0 0 1 14 0M12 19 7 8M12 4v2M4.5 8.5 6 10M19.5 8.5 18 10" /></svg
  >Sundial
</p>`

/** A whole page. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - Sundial</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          ${MARK}
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `.text
}

/**
 * The content security policy of every answer. Browsers follow it through redirects of a form too, so the places where people are sent
 * back to are in it. The provider adds the digest of its own script to `script-src` where it needs one.
 */
export function contentSecurityPolicy(redirectUris: readonly string[]): string {
  const digest = createHash('sha256').update(STYLE).digest('base64')
  const origins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))]
  const targets = ["'self'", ...origins].join(' ')
  return `default-src 'none';script-src;style-src 'sha256-${digest}';form-action ${targets};frame-ancestors 'none';base-uri 'none'`
}
