import type { Rule } from '../rule.ts'
import { hostChecks } from '../tls-hosts.ts'

export const certificateNames: Rule = {
  id: 'certificate-names',
  meaning: 'The certificate of a server has every name that its clients ask for.',
  why: 'The handshake fails: the certificate is valid for other names.',
  severity: 'error',
  *check(tree) {
    for (const { asked, name, certificate } of hostChecks(tree)) {
      const names = certificate.get('spec', 'dnsNames').items.flatMap((each) => each.text ?? [])
      if (!names.some((each) => covers(each, name))) {
        yield asked.problem(
          `asks for "${name}", which Certificate ${certificate.get('metadata', 'name').text} does not have; it has ${names.join(', ') || 'no names'}`,
          `Add it to spec.dnsNames of the Certificate, or ask for one that it has.`,
        )
      }
    }
  },
}

function covers(pattern: string, name: string): boolean {
  return pattern === name || (pattern.startsWith('*.') && name.slice(name.indexOf('.')) === pattern.slice(1))
}
