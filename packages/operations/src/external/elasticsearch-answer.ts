import { z } from 'zod'
import type { Answer } from './elasticsearch-request.ts'
import type { ElasticsearchSettings } from './elasticsearch-settings.ts'

/** OpenSearch says that it is; Elasticsearch says nothing there. */
const identity = z.object({ version: z.object({ number: z.string().regex(/^\d+\./), distribution: z.string().optional() }) })

/** It starts, has no leader yet, or a proxy before it finds nobody: worth asking again. */
export function isNotNow({ status }: Answer): boolean {
  return status === 429 || (status >= 502 && status <= 504)
}

/** What is wrong with what it said of itself, and what to do. Never a password. */
export function explainAnswer(answer: Answer, { login, minimumMajor }: ElasticsearchSettings): string | undefined {
  const { status, body } = answer
  if (status === 401)
    return login
      ? `the password of ${login.user} in ${login.passwordFile} is refused, or there is no such user: see elasticsearch.external.username`
      : "it asks for a user and a password: write elasticsearch.external.authentication: 'password'"
  if (status === 403) return `${login?.user ?? 'a caller without a name'} may not ask for its version: give a role with the cluster privilege "monitor"`
  if (isNotNow(answer)) return `it is not ready (HTTP ${status}): look into its log`
  const found = identity.safeParse(parsed(body))
  if (status !== 200 || !found.success) return `what answers (HTTP ${status}) is not Elasticsearch: check elasticsearch.external.host and port`
  const { number, distribution } = found.data.version
  const [title, minimum] = distribution === 'opensearch' ? ['OpenSearch', minimumMajor.opensearch] : ['Elasticsearch', minimumMajor.elasticsearch]
  if (Number.parseInt(number, 10) >= minimum) return undefined
  return `it is ${title} ${number}, and Temporal needs ${minimum} or newer: upgrade it, or use another`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
