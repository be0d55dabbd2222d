import type { DeployedObject, DeploymentStatus } from '@sundial/operations/deploy'
import { table } from '../output.ts'
import { screen, type Colors, type Terminal } from '../terminal.ts'

interface Row {
  readonly kind: string
  readonly ready: string
}

/** How what was deployed is: how many of each kind are ready, and each that is not, with why. */
export function clusterStatusView({ environment, objects }: DeploymentStatus, terminal: Terminal = screen()): string {
  const { colors } = terminal
  const bad = objects.filter(({ state }) => state !== 'ready')
  const state = bad.some((object) => object.state !== 'waiting') ? 'failed' : bad.length > 0 ? 'waiting' : 'ready'
  const head = `${paint(state, colors)(`● ${state}`)} ${colors.dim(`· ${environment}`)}`
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort()
  const rows: Row[] = kinds.map((kind) => {
    const all = objects.filter((object) => object.kind === kind)
    return { kind, ready: `${all.filter((object) => object.state === 'ready').length} of ${all.length}` }
  })
  const summary = table(
    rows,
    [
      { title: 'KIND', value: ({ kind }) => kind },
      { title: 'READY', value: ({ ready }) => ready },
    ],
    terminal,
  )
  if (bad.length === 0) return `${head}\n\n${summary}`
  const details = table(
    bad,
    [
      { title: 'NOT READY', value: ({ object }) => object },
      { title: 'STATE', value: (object) => object.state, color: (text, object) => paint(object.state, colors)(text) },
      { title: 'WHY', value: ({ why }) => why, below: true },
    ],
    terminal,
  )
  return `${head}\n\n${summary}\n\n${details}`
}

function paint(state: DeployedObject['state'], colors: Colors): (text: string) => string {
  return { ready: colors.green, waiting: colors.yellow, failed: colors.red, missing: colors.red }[state]
}
