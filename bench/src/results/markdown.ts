import { ratioText, value } from '../views/numbers.ts'
import { comparisons, summaries } from './analyse.ts'
import type { ResultFile } from './schema.ts'

/** The first metrics of all cells as a table for documents. */
export function markdownTable(results: ResultFile, metrics: readonly string[]): string {
  const ids = Object.keys(results.contestants).filter((id) => id !== results.floor.of)
  const [all, compared] = [summaries(results), comparisons(results)]
  const titles = ids.map((id) => results.contestants[id]?.title ?? id)
  const head = ['', ...titles, ...results.comparisons.map(({ to }) => `ratio to ${results.contestants[to]?.title ?? to}`)]
  const rows = Object.entries(results.cells).flatMap(([cell, cellTitle]) =>
    metrics.flatMap((metric) => {
      const { title = metric, unit = '' } = results.metrics[metric] ?? {}
      const medians = ids.map((id) => all.find((one) => one.cell === cell && one.metric === metric && one.contestant === id)?.median)
      if (medians.every((one) => one === undefined)) return []
      const ratios = results.comparisons.map(({ of, to }) => {
        const found = compared.find((one) => one.cell === cell && one.metric === metric && one.of === of && one.to === to)
        return found ? `${ratioText(found.ratio)}${found.verdict === 'different' ? '' : `, ${found.verdict}`}` : '–'
      })
      return [[`${cellTitle}: ${title}${unit === '' ? '' : `, ${unit}`}`, ...medians.map((one) => (one === undefined ? '–' : value(one))), ...ratios]]
    }),
  )
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line), ''].join('\n')
}
