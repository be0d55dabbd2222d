import { certificateOf } from '../mounted.ts'
import type { Rule } from '../rule.ts'
import { temporalConfigs } from '../temporal/configs.ts'

const BOTH = ['server auth', 'client auth'] as const

export const certificateUsages: Rule = {
  id: 'certificate-usages',
  meaning: 'The certificate between Temporal’s own processes is one for servers and for clients.',
  why: 'Each process calls the others with the certificate that it serves with: without both usages every call between them is refused.',
  severity: 'error',
  *check(tree) {
    for (const { config, pods } of temporalConfigs(tree)) {
      const file = config.get('global', 'tls', 'internode', 'server', 'certFile')
      const usages = certificateOf(tree, pods, file.text)?.get('spec', 'usages')
      if (!usages) continue
      // What cert-manager gives where nothing is said.
      const has = usages.exists ? usages.items.map(({ value }) => value) : ['server auth']
      const lacking = BOTH.filter((usage) => !has.includes(usage))
      if (lacking.length > 0)
        yield usages.problem(
          `lacks ${lacking.join(' and ')}, and Temporal’s processes both serve and call with it`,
          `Write usages: [digital signature, key encipherment, ${BOTH.join(', ')}].`,
        )
    }
  },
}
