import { managedServicesOf } from '@sundial/platform/model'
import { SundialError } from '@sundial/platform'
import { asUnprivileged, findPostgresql } from '../postgresql/index.ts'
import { ok, problem, type Check, type Finding } from './check.ts'

export const postgresql: Check = {
  name: 'postgresql',
  async run({ plan, env, machine }) {
    if (!plan || !managedServicesOf(plan).some(({ name }) => name === 'postgresql')) return []
    const major = plan.platform.versions.postgresql
    const findings: Finding[] = []
    try {
      const { version, binFolder } = await findPostgresql({ major: Number(major), env })
      findings.push(ok(`PostgreSQL ${version}, in ${binFolder}`))
    } catch (error) {
      if (!(error instanceof SundialError)) throw error
      findings.push(problem(error.message, `PostgreSQL ${major}`, error.hint))
    }
    // It refuses to run as root, which is the user in many containers.
    if (machine.userId !== 0) return findings
    try {
      await asUnprivileged('true', [])
      return [...findings, ok('root can run PostgreSQL as another user')]
    } catch (error) {
      if (!(error instanceof SundialError)) throw error
      return [...findings, problem('root cannot become another user', 'an ordinary user: PostgreSQL does not run as root', error.hint)]
    }
  },
}
