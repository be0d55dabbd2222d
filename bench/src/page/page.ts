import { comparisons } from '../results/analyse.ts'
import type { ResultFile } from '../results/schema.ts'
import { headlines } from './headlines.ts'
import { Html, html } from './html.ts'
import { barsPlot, partsPlot } from './load-plots.ts'
import { contestantColors } from './plot.ts'
import { ratioPlot } from './ratio-plot.ts'
import { samplesPlot } from './samples-plot.ts'
import { STYLE } from './style.ts'
import { cellTable, factTable, slotTable } from './tables.ts'

const PARTS = { cpuServer: 'Temporal server', cpuPostgresql: 'PostgreSQL', cpuWorker: 'worker', cpuOther: 'supervisor and the rest' } as const

/** The whole page of a run: one file that loads nothing. */
export function renderPage(results: ResultFile): string {
  const compared = comparisons(results)
  const dropped = results.slots.filter((slot) => slot.dropped !== undefined).length
  const { title, commit, startedAt, passes, slots, rule } = results
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p class="facts">
            ${startedAt.slice(0, 10)} · commit ${commit.hash.slice(0, 10)}${commit.changed ? ', with changes' : ''} · ${results.machine['processors']} ·
            ${passes} passes
          </p>
          ${results.quick || passes < 6 ? html`<p class="warning">A run of ${passes} ${passes === 1 ? 'pass' : 'passes'}: the intervals are wide.</p>` : undefined}
          ${dropped > 0 ? html`<p class="warning">${dropped} of ${slots.length} slots do not count, since the machine was not quiet. They are listed below.</p>` : undefined}
          ${rule.applied ? undefined : html`<p class="warning">Disturbed slots were counted too: this is for working, not for publishing.</p>`}
          ${headlines(results, compared)} ${results.bench === 'throughput' || results.bench === 'smoke' ? loadPlots(results) : samples(results)}
          <h2>Ratios</h2>
          <p>
            The median of the ratios of pairs that were measured beside each other, with its 95 % interval. The grey bar behind is the noise floor: the same
            interval of ${results.contestants[results.floor.to]?.title} compared to itself. What lies in it, or whose interval contains 1, is no difference, and
            grey.
          </p>
          ${Object.entries(results.cells).map(
            ([cell, name]) =>
              html`<h3>${name}</h3>
                ${results.comparisons.map(({ of, to }) =>
                  ratioPlot(
                    results,
                    compared.filter((one) => one.cell === cell && one.of === of && one.to === to),
                  ),
                )}`,
          )}
          <h2>Numbers</h2>
          ${Object.entries(results.cells).map(
            ([cell, name]) =>
              html`<h3>${name}</h3>
                ${cellTable(results, cell, compared)}`,
          )}
          <h2>Who was measured</h2>
          ${Object.entries(results.contestants).map(
            ([, { title: name, description, settings }]) =>
              html`<h3>${name}</h3>
                <p>${description}</p>
                <details>
                  <summary>settings</summary>
                  ${factTable(settings)}
                </details>`,
          )}
          <h2>How</h2>
          <p>
            Contestants run one at a time, in turns: a pass goes through all of them in an order by chance, and the next pass in the reverse. All use the same
            driver. A slot does not count when other guests of the host took more than ${rule.steal * 100} % of the processors, or other processes more than
            ${rule.foreign * 100} %; this was fixed beforehand.
          </p>
          ${factTable({ ...results.machine, ...results.versions, ...results.load, seed: results.seed })}
          <details>
            <summary>all slots</summary>
            ${slotTable(results)}
          </details>
        </main>
      </body>
    </html> `
  return page.text
}

function samples(results: ResultFile): Html {
  const [first = ''] = Object.keys(results.metrics)
  return html`<h2>${results.bench === 'startup' ? 'Starts' : 'Samples'}</h2>
    <p>Each dot is one slot; hollow ones do not count.</p>
    ${samplesPlot(results, first)}`
}

function loadPlots(results: ResultFile): Html {
  const bars = (...metrics: readonly string[]) => html`${legend(results)}${metrics.map((metric) => barsPlot(results, metric))}`
  return html` <h2>Workflows per second</h2>
    ${bars('rate')}
    <h2>Latency</h2>
    <p>From the request to start until the result was at the client.</p>
    ${bars('p50', 'p99')}
    <h2>What a workflow costs</h2>
    ${partsLegend()}${partsPlot(results, 'cpu', PARTS)} ${bars('transactions', 'wal')}`
}

function legend(results: ResultFile): Html {
  const { domain, range } = contestantColors(results)
  return legendOf(domain.map((name, index) => [name, range[index] ?? '']))
}

function partsLegend(): Html {
  return legendOf(Object.values(PARTS).map((name, index) => [name, `var(--part-${index + 1})`]))
}

function legendOf(entries: readonly (readonly [string, string])[]): Html {
  return html`<ul class="legend">
    ${entries.map(([name, color]) => html`<li><i style="background:${color}"></i>${name}</li>`)}
  </ul>`
}
