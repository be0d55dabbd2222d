import { writeFile } from 'node:fs/promises'
import { suggest, SundialError } from '@sundial/platform'
import { renderGraph } from '@sundial/platform/graph'
import type { Plan } from '@sundial/platform/model'
import type { CommandCall } from '../commands.ts'
import { findProject } from '../config.ts'
import { loadPlan } from '../load-plan.ts'
import { screen } from '../terminal.ts'
import { print, printJson } from '../output.ts'

const FORMATS = ['mermaid', 'svg'] as const
type Format = (typeof FORMATS)[number]

export async function run({ options }: CommandCall): Promise<void> {
  const json = options['json'] === true
  const out = textOf(options['out'])
  const asked = textOf(options['format'])
  if (json && (out !== undefined || asked !== undefined))
    throw new SundialError('SUN_USAGE', '--json prints the connections, and goes with neither --format nor --out', { hint: 'Leave one of them out.' })
  const format = formatOf(asked ?? (out?.endsWith('.svg') ? 'svg' : 'mermaid'))
  const plan = await loadPlan(findProject(), options)
  if (json) return printJson(plan.connections)
  const content = await draw(plan, { format, all: options['all'] === true })
  if (out === undefined) process.stdout.write(content)
  else await write(out, content)
}

function textOf(option: CommandCall['options'][string]): string | undefined {
  return typeof option === 'string' ? option : undefined
}

function formatOf(text: string): Format {
  const known = FORMATS.find((format) => format === text)
  if (known) return known
  throw new SundialError('SUN_USAGE', `--format is "${text}"; allowed: ${FORMATS.join(', ')}`, { hint: suggest(text, FORMATS) ?? 'Use one of these.' })
}

async function draw(plan: Plan, { format, all }: { format: Format; all: boolean }): Promise<string> {
  return format === 'svg' ? (await import('@sundial/platform/diagram')).renderDiagram(plan, { all }) : renderGraph(plan)
}

async function write(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content)
  } catch (error) {
    throw new SundialError('SUN_USAGE', `${file} cannot be written: ${(error as Error).message}`, {
      hint: 'Give --out a file in a folder that is there.',
      cause: error,
    })
  }
  print(`${screen().colors.green('✓')} wrote ${file}`)
}
