import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '@sundial/runtime'
import { explainTls, isTls, isUnreachable, textOf } from './connection-errors.ts'
import { explainAnswer, isNotNow } from './elasticsearch-answer.ts'
import { ask, credentialsOf, type Answer } from './elasticsearch-request.ts'
import type { ElasticsearchSettings } from './elasticsearch-settings.ts'
import { UnusableError } from './job.ts'

/** Milliseconds between two attempts to reach it. */
const PERIOD_MS = 500

/**
 * Asks it who it is, as Temporal will ask it: over TLS, and as the same user. One that does not answer is asked again for a while. Throws an
 * {@link UnusableError} with what is wrong and what to do.
 */
export async function checkElasticsearch(settings: ElasticsearchSettings, logger: Logger): Promise<void> {
  const deadline = Date.now() + settings.patienceSeconds * 1000
  const credentials = await credentialsOf(settings)
  for (;;) {
    const { problem, isPassing } = await attempt(settings, () => ask(settings, credentials))
    if (problem === undefined) break
    if (!isPassing || Date.now() >= deadline) throw new UnusableError(`Elasticsearch at ${settings.host}:${settings.port}`, [problem])
    logger.info({ reason: problem }, 'Elasticsearch does not answer yet')
    await pause(PERIOD_MS)
  }
  logger.info({ host: settings.host }, 'Elasticsearch is as the platform needs it')
}

interface Outcome {
  readonly problem: string | undefined
  /** It may go away by itself. */
  readonly isPassing: boolean
}

async function attempt(settings: ElasticsearchSettings, asking: () => Promise<Answer>): Promise<Outcome> {
  try {
    const answer = await asking()
    return { problem: explainAnswer(answer, settings), isPassing: isNotNow(answer) }
  } catch (error) {
    if (isTls(error)) return { problem: explainTls(error, 'elasticsearch.external', settings), isPassing: false }
    if (!isUnreachable(error)) return { problem: `it could not be asked: ${textOf(error)}`, isPassing: false }
    const protection = settings.tls ? '' : ', and whether it wants TLS (elasticsearch.external.tls: {})'
    const problem = `nobody answers (${textOf(error)}): check elasticsearch.external.host and port, that it is up, and firewalls between${protection}`
    return { problem, isPassing: true }
  }
}
