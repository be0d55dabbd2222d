/** Writes lines such as ` ✔   140 ms  3 units reserved`. */
export interface Printer {
  title(text: string): void
  step(mark: keyof typeof MARKS, ms: number, text: string): void
  end(good: boolean, text: string): void
}

const MARKS = { done: { sign: '✔', colour: 32 }, waiting: { sign: '…', colour: 33 }, bad: { sign: '✘', colour: 31 } } as const

/** Colours only for a terminal that is not `dumb`, or with FORCE_COLOR; never when NO_COLOR is set (no-color.org). */
export function createPrinter(out: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Printer {
  const { NO_COLOR, FORCE_COLOR, TERM } = env
  const colours = !NO_COLOR && (FORCE_COLOR ? FORCE_COLOR !== '0' : out.isTTY && TERM !== 'dumb')
  const paint = (colour: number, text: string) => (colours ? `\u001B[${colour}m${text}\u001B[0m` : text)
  return {
    title: (text) => void out.write(`${paint(1, text)}\n`),
    step(mark, ms, text) {
      const { sign, colour } = MARKS[mark]
      out.write(` ${paint(colour, sign)} ${paint(2, `${String(Math.max(0, Math.round(ms))).padStart(5)} ms`)}  ${text}\n`)
    },
    end: (good, text) => void out.write(`${paint(good ? 32 : 31, text)}\n`),
  }
}
