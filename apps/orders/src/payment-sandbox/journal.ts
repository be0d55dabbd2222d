import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { CardBehaviour } from './cards.ts'

export interface ChargeEntry {
  readonly type: 'charge'
  readonly key: string
  readonly id: string
  readonly reference: string
  readonly amount: number
  readonly currency: string
  readonly cardLast4: string
  readonly outcome: CardBehaviour['outcome']
  readonly at: string
}
export interface RefundEntry {
  readonly type: 'refund'
  readonly key: string
  readonly id: string
  readonly chargeId: string
  readonly at: string
}
/** The key of a charge is closed; the charge, if there was one that was approved, is refunded. */
export interface ReversalEntry {
  readonly type: 'reversal'
  readonly chargeKey: string
  readonly chargeId?: string
  readonly at: string
}
export type Entry = ChargeEntry | RefundEntry | ReversalEntry

export interface Journal {
  /** What was there when it was opened. */
  readonly entries: readonly Entry[]
  /** Resolves when the entry is on the disk. */
  append(entry: Entry): Promise<void>
  close(): Promise<void>
}

/** Opens the sandbox's memory: a file of JSON lines in the folder, which is made if it is missing. */
export async function openJournal(folder: string): Promise<Journal> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'payments.jsonl')
  const file = await open(path, 'a+', 0o600)
  const content = await file.readFile('utf8')
  const complete = content.slice(0, content.lastIndexOf('\n') + 1)
  // A crash while writing leaves a last line without its end. It was never answered for, so it goes.
  if (complete.length < content.length) await file.truncate(Buffer.byteLength(complete))
  return {
    entries: complete
      .split('\n')
      .slice(0, -1)
      .map((line, index) => parse(line, `${path}:${index + 1}`)),
    async append(entry) {
      await file.appendFile(`${JSON.stringify(entry)}\n`)
      await file.datasync()
    },
    close: () => file.close(),
  }
}

function parse(line: string, place: string): Entry {
  try {
    return JSON.parse(line) as Entry
  } catch (error) {
    throw new Error(`${place}: not a line of JSON; move the file away to start with an empty sandbox`, { cause: error })
  }
}
