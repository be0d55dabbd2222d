import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import type { ResultFile } from '../results/schema.ts'
import { Html, html } from './html.ts'

const WIDTH = 880

/** A plot as markup, with a title and words for those who do not see it. */
export function figure(title: string, description: string, options: Plot.PlotOptions): Html {
  // Plot draws into a document; here there is no browser that has one.
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const svg = Plot.plot({ document, width: WIDTH, style: { fontSize: '13px', overflow: 'visible' }, ...options })
  return html`<figure role="img" aria-label="${description}">
    <figcaption>${title}</figcaption>
    ${new Html(svg.outerHTML)}
  </figure>`
}

/** A colour for each contestant, which light and dark pages define. */
export function contestantColors({ contestants, floor }: ResultFile): { domain: string[]; range: string[] } {
  const ids = Object.keys(contestants)
  const others = ids.filter((id) => id !== floor.of && id !== floor.to)
  return {
    domain: ids.map((id) => titleOf(contestants, id)),
    range: ids.map((id) => (id === floor.to ? 'var(--own)' : id === floor.of ? 'var(--own-again)' : `var(--other-${others.indexOf(id) + 1})`)),
  }
}

export function titleOf(contestants: ResultFile['contestants'], id: string): string {
  return contestants[id]?.title ?? id
}
