import type { Compared } from '../results/analyse.ts'
import type { Metric, ResultFile } from '../results/schema.ts'
import { ratioText } from '../views/numbers.ts'
import { titleOf } from './plot.ts'
import { html, type Html } from './html.ts'

/** The first metric of each comparison and cell, as what one remembers. */
export function headlines(results: ResultFile, compared: readonly Compared[]): Html {
  const [first = ''] = Object.keys(results.metrics)
  const shown = compared.filter(({ metric, cell }) => metric === first && results.headlines.includes(cell))
  return html`<ul class="headlines">
    ${shown.map((one) => headline(results, one))}
  </ul>`
}

function headline(results: ResultFile, { cell, metric, of, to, ratio, verdict, goal }: Compared): Html {
  const [own, other] = [titleOf(results.contestants, of), titleOf(results.contestants, to)]
  const title = results.metrics[metric]?.title ?? metric
  const kind = verdict === 'different' && ratio ? direction(ratio.ratio, results.metrics[metric]) : 'muted'
  const aim = goal === undefined ? undefined : html` <br />goal: ${goal.side} ${goal.ratio}×, ${goal.reached ? 'reached' : 'not reached'}`
  return html`<li>
    <small>${title}; ${results.cells[cell]}</small><strong class="${kind}">${ratio?.ratio.toFixed(2)}×</strong>${own}, compared to ${other}
    <small>${ratioText(ratio)}, ${verdict}${aim}</small>
  </li>`
}

/** Whether a ratio is an improvement, as a class of the page's style. */
export function direction(ratio: number, metric: Metric | undefined): 'better' | 'worse' {
  return ratio < 1 === (metric?.better === 'lower') ? 'better' : 'worse'
}
