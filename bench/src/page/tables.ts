import { summaries, type Compared } from '../results/analyse.ts'
import type { ResultFile } from '../results/schema.ts'
import { ratioText, value } from '../views/numbers.ts'
import { direction } from './headlines.ts'
import { html, type Html } from './html.ts'
import { titleOf } from './plot.ts'

/** Medians and ratios of one cell. */
export function cellTable(results: ResultFile, cell: string, compared: readonly Compared[]): Html {
  const all = summaries(results).filter((one) => one.cell === cell)
  const ids = Object.keys(results.contestants)
  const rows = Object.entries(results.metrics).flatMap(([metric, definition]) => {
    const medians = ids.map((id) => all.find((one) => one.metric === metric && one.contestant === id)?.median)
    if (medians.every((one) => one === undefined)) return []
    const ratios = results.comparisons.map(({ of, to }) => compared.find((one) => one.cell === cell && one.metric === metric && one.of === of && one.to === to))
    const name = definition.unit === '' ? definition.title : `${definition.title}, ${definition.unit}`
    return [
      html`<tr>
        <td>${name}</td>
        ${medians.map((one) => html`<td>${one === undefined ? '–' : value(one)}</td>`)}${ratios.map((one) => ratioCell(results, one))}
      </tr>`,
    ]
  })
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>median</th>
          ${ids.map((id) => html`<th>${titleOf(results.contestants, id)}</th>`)}${results.comparisons.map(({ of, to }) => html`<th>${titleOf(results.contestants, of)} / ${titleOf(results.contestants, to)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

function ratioCell(results: ResultFile, one: Compared | undefined): Html {
  if (!one?.ratio) return html`<td class="muted">–</td>`
  if (one.verdict !== 'different') return html`<td class="muted">${ratioText(one.ratio)}<br />${one.verdict}</td>`
  return html`<td class="${direction(one.ratio.ratio, results.metrics[one.metric])}">${ratioText(one.ratio)}</td>`
}

/** Every slot, with how quiet the machine was, and those that do not count with the reason. */
export function slotTable({ slots, contestants }: ResultFile): Html {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const rows = slots.map(
    ({ pass, phase, contestant, startedAt, noise, dropped }) =>
      html`<tr>
        <td>${pass + 1}</td>
        <td class="text">${phase}</td>
        <td class="text">${titleOf(contestants, contestant)}</td>
        <td>${startedAt.slice(11, 19)}</td>
        <td>${percent(noise.steal)}</td>
        <td>${percent(noise.foreign)}</td>
        <td>${percent(noise.iowait)}</td>
        <td>${noise.load.toFixed(1)}</td>
        <td class="text">${dropped}</td>
      </tr>`,
  )
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>pass</th>
          <th class="text">phase</th>
          <th class="text">contestant</th>
          <th>began, UTC</th>
          <th>steal</th>
          <th>other processes</th>
          <th>waiting for disk</th>
          <th>load</th>
          <th class="text">does not count because</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

/** Names and values. */
export function factTable(facts: Readonly<Record<string, string | number>>): Html {
  const rows = Object.entries(facts).map(
    ([name, fact]) =>
      html`<tr>
        <td>${name}</td>
        <td class="text">${fact}</td>
      </tr>`,
  )
  return html`<div class="scroll">
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}
