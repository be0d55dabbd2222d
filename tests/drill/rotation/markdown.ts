import type { Machine } from '../machine.ts'
import type { RotationResult } from './rotation.ts'

export interface Context {
  readonly machine: Machine
  /** ISO 8601, the day only. */
  readonly date: string
  readonly customers: number
  readonly everySeconds: number
  /** Of tokens, in seconds. */
  readonly tokenLifetime: number
}

/** Whether nothing failed, and everything that was replaced was taken up by everybody, at least once. */
export function isGood({ failures, unreadable, taken, orders, rounds }: RotationResult): boolean {
  const all = Object.values(taken).flatMap((one) => Object.values(one) as number[])
  return failures.length === 0 && unreadable.length === 0 && orders > 0 && rounds > 0 && all.every((count) => count > 0)
}

/** The result for people. */
export function rotationMarkdown(result: RotationResult, { machine, date, customers, everySeconds, tokenLifetime }: Context): string {
  const { failures, orders, requests, rounds, seconds, taken, unreadable, witnesses } = result
  return `${[
    '# Drill: certificates, client secrets and encryption keys change under load',
    `${rounds} rounds in ${Math.floor(seconds / 60)} min ${seconds % 60} s, each with a new client certificate and a new client secret for worker and API, a new secret for the shop that calls ` +
      `them, and a new encryption key; a round every ${everySeconds} s, while ${customers} customers placed ${orders} orders, one after the other, with ${requests} requests of one try each: ` +
      `**${isGood(result) ? 'no failed request' : `${failures.length} failed requests`}, ${unreadable.length} of ${witnesses} orders unreadable**.`,
    `The ${witnesses} orders are one of each round, read at the end: their results by the API, and their histories by a worker that had just started. Tokens live ${tokenLifetime} s here, so that they are ` +
      'renewed often; the provider takes a secret that was replaced for ten minutes more. Certificates and keys are looked at every five seconds: of two rounds within that time one is taken up.',
    `Measured ${date} on ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB, load average ${machine.load}, ${machine.system}, Node ${machine.node}, commit ${machine.commit}. ` +
      'Run it: `npm run drill -- rotation`.',
    table(
      ['process', 'certificates taken up', 'encryption keys', 'tokens', 'client secrets'],
      Object.entries(taken).map(([name, { certificates, encryptionKeys, tokens, clientSecrets }]) => [
        name,
        certificates,
        encryptionKeys,
        tokens,
        clientSecrets,
      ]),
    ),
    ...(failures.length > 0
      ? [
          '## Failed requests',
          failures
            .slice(0, 20)
            .map(({ request, status, body }) => `- ${request}: ${status} ${JSON.stringify(body)}`)
            .join('\n'),
        ]
      : []),
    ...(unreadable.length > 0 ? ['## Unreadable orders', unreadable.map((orderId) => `- ${orderId}`).join('\n')] : []),
  ].join('\n\n')}\n`
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map((_, index) => (index === 0 ? '---' : '--:')), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
