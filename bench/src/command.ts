import { SundialError } from '@sundial/platform'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import colors from 'picocolors'
import { apiOverhead } from './benches/api-overhead.ts'
import type { Bench, Measured } from './benches/bench.ts'
import { memory } from './benches/memory.ts'
import { render } from './benches/render.ts'
import { smoke } from './benches/smoke.ts'
import { startup } from './benches/startup.ts'
import { throughput } from './benches/throughput.ts'
import { workerOverhead } from './benches/worker-overhead.ts'
import { renderResults, saveResults } from './results/files.ts'
import { runBench } from './run/run-bench.ts'
import { slotLine, summaryText } from './views/terminal.ts'

const BENCHES: readonly Bench<Measured>[] = [startup, throughput, memory, workerOverhead, apiOverhead, render, smoke]

interface RunFlags {
  readonly quick?: boolean
  readonly passes?: number
  readonly seed?: number
  readonly drop: boolean
  readonly save: boolean
  readonly folder?: string
}

/** Somebody does not want to wait any longer. */
class StoppedError extends Error {}

/** Runs the command line; sets the exit code: 0 done, 2 could not run. */
export async function main(args: readonly string[]): Promise<void> {
  const program = new Command('npm run bench --')
    .description('Measures the product against others, in turns, on this machine.')
    .exitOverride()
    .showHelpAfterError()
  for (const bench of BENCHES) {
    program
      .command(bench.name)
      .summary(bench.summary)
      .description(`Measures ${bench.summary}.`)
      .option('--quick', 'few passes: minutes, and wide intervals')
      .option('--passes <number>', `how often all contestants have their turn (default: ${bench.passes.full}, quick: ${bench.passes.quick})`, positive)
      .option('--seed <number>', 'decides the order of turns (default: by the time)', positive)
      .option('--no-drop', 'count slots that others disturbed, too: not for publishing')
      .option('--folder <path>', 'where results go (default: bench/results)')
      .option('--no-save', 'show the summary only, and write no files')
      .action(async (flags: RunFlags) => run(bench, flags))
  }
  program
    .command('page <results>')
    .summary('write the page of a file of results again')
    .description('Writes the page and the table of a file of results beside it, from its samples.')
    .action(async (path: string) => written(await renderResults(path)))
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    process.exitCode = report(error)
  }
}

async function run(bench: Bench<Measured>, { quick = false, passes, seed, drop, save, folder }: RunFlags): Promise<void> {
  if (process.platform !== 'linux') throw new SundialError('SUN_USAGE', 'it reads /proc, which only Linux has', { hint: 'Run it on Linux.' })
  const stop = new AbortController()
  const onSignal = (signal: NodeJS.Signals) => stop.abort(new StoppedError(`stopped by ${signal}: what was started is ended, and nothing was saved`))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const running = runBench(bench, {
    quick,
    passes,
    seed: seed ?? Math.floor(Date.now() / 1000),
    drop,
    signal: stop.signal,
    note: (text) => process.stderr.write(`${colors.dim(text)}\n`),
    done: (slot) => process.stderr.write(`  ${slotLine(slot, bench.metrics)}\n`),
  })
  const results = await running.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
    throw stop.signal.reason
  })
  process.stdout.write(`${summaryText(results)}\n`)
  if (save) written(await saveResults(results, folder))
}

function written(paths: readonly string[]): void {
  process.stdout.write(`${paths.map((path) => `written: ${path}`).join('\n')}\n`)
}

function positive(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('must be a whole number from 1')
  return number
}

function report(error: unknown): number {
  // Commander has said it; asking for help is no failure.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof StoppedError) process.stderr.write(`${error.message}\n`)
  else if (error instanceof SundialError) process.stderr.write(`${colors.red(error.code)} ${error.message}\n${error.hint}\n`)
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 2
}
