import { credentialsOf, send, type Question } from '../external/elasticsearch-request.ts'
import type { SnapshotsSettings } from './settings.ts'

/** The name of the repository, and of the policy that writes to it. */
const NAME = 'sundial'
/** Of these, the youngest stay even where nothing was written for a month. */
const KEPT_AT_LEAST = 3

/**
 * Makes the repository and the policy, or brings them to these settings: the same request again changes nothing. Elasticsearch writes to the store before it
 * answers, so a key that does not fit is noticed here.
 */
export async function putSnapshots(settings: SnapshotsSettings): Promise<void> {
  const credentials = await credentialsOf(settings)
  for (const question of questions(settings)) {
    const { status, body } = await send(settings, credentials, question)
    if (status < 200 || status > 299) throw new Error(`Elasticsearch refuses ${question.method} ${question.path} (HTTP ${status}): ${body.slice(0, 1000)}`)
  }
}

function questions({ repository, policy: { schedule, index, retentionDays } }: SnapshotsSettings): Question[] {
  return [
    { method: 'PUT', path: `/_snapshot/${NAME}`, body: repository },
    {
      method: 'PUT',
      path: `/_slm/policy/${NAME}`,
      body: {
        schedule,
        // One a day; the server makes each name unique.
        name: `<${NAME}-{now/d}>`,
        repository: NAME,
        config: { indices: [`${index}*`], include_global_state: true },
        retention: { expire_after: `${retentionDays}d`, min_count: KEPT_AT_LEAST },
      },
    },
  ]
}
