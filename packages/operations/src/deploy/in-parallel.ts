/** Calls to the API server at the same time. More would wait there, not here. */
const AT_ONCE = 8

/** Does the same with each item, several at a time. @returns the results in the order of the items. @throws the first error, after all that began have ended */
export async function inParallel<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  let failed = false
  const worker = async () => {
    while (next < items.length && !failed) {
      const index = next++
      try {
        results[index] = await work(items[index] as Item)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker))
  const failure = ended.find((result) => result.status === 'rejected')
  if (failure) throw failure.reason
  return results
}
