/** Something that can be asked many times whether a process is ready. */
export interface Probe {
  /** Resolves if it is ready; rejects with the reason if it is not (a {@link NotReadyAnswer} if it said so), or when the signal is given. */
  ask(signal: AbortSignal): Promise<void>
  /** Gives up what it holds. */
  close(): void
}

/** The process answered, and said that it is not ready: it is alive. */
export class NotReadyAnswer extends Error {
  override readonly name = 'NotReadyAnswer'
}
