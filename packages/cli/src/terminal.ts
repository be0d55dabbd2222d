import picocolors from 'picocolors'

export type Colors = ReturnType<typeof picocolors.createColors>

/** What a text is made for. */
export interface Terminal {
  /** Columns; endless where nobody breaks lines, such as in a file. */
  readonly width: number
  /** Functions that colour, or do nothing. */
  readonly colors: Colors
  /** A line can be taken back and written again. */
  readonly live: boolean
}

type Stream = Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>>

/**
 * The terminal behind a stream. Colours: never with NO_COLOR; always with FORCE_COLOR; else on a terminal that is not `dumb`. A pipe gets none,
 * in continuous integration too.
 */
export function terminalOf(stream: Stream, env: NodeJS.ProcessEnv = process.env): Terminal {
  // Of a pipe it is not false, but not there.
  const live = Boolean(stream.isTTY) && env['TERM'] !== 'dumb'
  return { width: (stream.isTTY && stream.columns) || Infinity, colors: picocolors.createColors(wantsColors(live, env)), live }
}

function wantsColors(live: boolean, { NO_COLOR, FORCE_COLOR }: NodeJS.ProcessEnv): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return live
}

/** Standard output, as it is now: a window may change its size. */
export function screen(): Terminal {
  return terminalOf(process.stdout)
}
