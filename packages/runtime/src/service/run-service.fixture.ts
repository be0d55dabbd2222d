import { createLogger, runService } from '../index.ts'

/** A service for the tests: what it does is its first argument. */
const behaviour = process.argv[2]
const say = (text: string) => console.log(text)

await runService(
  createLogger('fixture', 'info'),
  async (lifecycle) => {
    lifecycle.onStop('first', () => say('stop first'))
    lifecycle.onStop('second', async () => {
      say('stop second')
      if (behaviour === 'broken-stop') throw new Error('cannot stop')
      if (behaviour === 'endless-stop') await new Promise(() => {})
    })
    if (behaviour === 'broken-start') throw new Error('cannot start')
    if (behaviour === 'long-start') {
      say('up')
      await new Promise((_, reject) => lifecycle.signal.addEventListener('abort', () => reject(lifecycle.signal.reason as Error)))
    }
    if (behaviour === 'fails-later') setImmediate(() => lifecycle.fail(new Error('lost the server')))
    if (behaviour === 'throws-later') setImmediate(() => void Promise.reject(new Error('nobody caught this')))
    if (behaviour === 'lingers') setInterval(() => {}, 1000)
    say('up')
  },
  behaviour === 'endless-stop' ? { stopDeadlineMs: 200 } : {},
)
say('after')
