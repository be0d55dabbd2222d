import type { DevelopEvent } from '@sundial/local/dev'
import { seconds } from '../output.ts'
import { screen, type Terminal } from '../terminal.ts'
import { fitNames, wrap } from '../text.ts'

type Event<Kind extends DevelopEvent['kind']> = Extract<DevelopEvent, { readonly kind: Kind }>

/** As many of the errors of a build are shown: the rest often follows from the first. */
const SHOWN_ERRORS = 10
/** What the time before the first line takes. */
const TIME = '00:00:00 '.length

/** What happened, for people. It stands behind the time. */
export function describeEvent(event: DevelopEvent, terminal: Terminal = screen()): string {
  const { colors, width } = terminal
  switch (event.kind) {
    case 'changed':
      return colors.dim(`${fitNames(event.files, width - TIME - ' changed'.length)} changed`)
    case 'build-failed':
      return buildFailed(event, terminal)
    case 'built':
      return built(event, terminal)
    case 'restarted':
      return `${colors.green('✓')} ${event.process} restarted, ${seconds(event.milliseconds)} after the save`
    case 'restart-failed': {
      const { process: name, reason, lastLines } = event.problem
      return [
        first('✗', `${name} did not come up with it: ${reason}`, terminal),
        ...lastLines.map((line) => `    ${colors.dim(line)}`),
        wrap('Save a correction. It is tried again until then.', { width, prefix: `  ${colors.dim('→')} ` }),
      ].join('\n')
    }
    case 'plan-changed':
      return [
        first('!', `the configuration gives another platform now: ${event.parts.join(', ')}`, terminal),
        wrap('Ctrl-C, and start again: what runs is still as it was.', { width, prefix: `  ${colors.dim('→')} ` }),
      ].join('\n')
    case 'plan-invalid':
      return `${first('✗', 'the configuration cannot be used', terminal)}\n${wrap(event.message, { width, prefix: '    ' })}`
  }
}

function built({ milliseconds, fixed, restarts, jobs }: Event<'built'>, { colors, width }: Terminal): string {
  const next = restarts.length > 0 ? `restarting ${restarts.join(', ')}` : 'nothing that runs has changed'
  return [
    `${colors.green('✓')} ${fixed ? 'fixed, ' : ''}built in ${seconds(milliseconds)}; ${next}`,
    ...jobs.map((name) => wrap(`${name} has run before this change. Run it again: ./sundial restart ${name}`, { width, prefix: `  ${colors.yellow('!')} ` })),
  ].join('\n')
}

function buildFailed({ diagnostics, output }: Event<'build-failed'>, terminal: Terminal): string {
  const { colors, width } = terminal
  if (diagnostics.length === 0) return `${first('✗', 'the build failed; what runs goes on', terminal)}\n${wrap(output, { width, prefix: '    ' })}`
  const count = diagnostics.length === 1 ? 'an error' : `${diagnostics.length} errors`
  const rest = diagnostics.length - SHOWN_ERRORS
  return [
    first('✗', `${count}; what runs goes on`, terminal),
    ...diagnostics.slice(0, SHOWN_ERRORS).flatMap(({ file, line, column, code, message }) => {
      const place = file === undefined ? '' : `${colors.cyan(`${file}:${line}:${column}`)} `
      return [`  ${place}${colors.dim(code)}`, wrap(message, { width, prefix: '    ' })]
    }),
    ...(rest > 0 ? [`  ${colors.dim(`and ${rest} more`)}`] : []),
  ].join('\n')
}

/** A first line, broken as if the time stood before it. */
function first(mark: '✗' | '!', text: string, { colors, width }: Terminal): string {
  const painted = mark === '✗' ? colors.red(mark) : colors.yellow(mark)
  return wrap(text, { width: width - TIME, prefix: `${painted} ` })
}
