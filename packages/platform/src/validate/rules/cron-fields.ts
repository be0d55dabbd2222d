import type { Rule } from '../rule.ts'

const KINDS = [
  { group: 'postgresql.cnpg.io', kind: 'ScheduledBackup', fields: 6, form: 'six fields, seconds first' },
  { group: 'batch', kind: 'CronJob', fields: 5, form: 'five fields, minutes first' },
] as const

export const cronFields: Rule = {
  id: 'cron-fields',
  meaning: 'A schedule has as many fields as who reads it expects: CloudNativePG six, with seconds first; a CronJob five.',
  why: 'Five fields where six are read are refused, or mean another time.',
  severity: 'error',
  *check(tree) {
    for (const { group, kind, fields, form } of KINDS) {
      for (const schedule of tree.of(group, kind).map((at) => at.get('spec', 'schedule'))) {
        if (schedule.text === undefined || schedule.text.startsWith('@')) continue
        const count = schedule.text.trim().split(/\s+/).length
        if (count !== fields)
          yield schedule.problem(
            `"${schedule.text}" has ${count} fields; allowed: ${form}`,
            `Such as "${fields === 6 ? '0 0 2 * * *' : '0 2 * * *'}": every day at 02:00.`,
          )
      }
    }
  },
}
