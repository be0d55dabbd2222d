import { SundialError } from '@sundial/platform'
import { problem, warning, type Check, type DoctorContext, type Finding } from './check.ts'
import { CHECKS } from './checks.ts'

/** A finding with the name of its check. */
export type NamedFinding = Finding & { readonly check: string }

/** How long one check may take, milliseconds: a network file system may not answer at all. */
const LIMIT_MS = 3_000

/** Looks at everything at once. Never rejects because of the machine: what cannot be looked at is found too. */
export async function examine(context: DoctorContext, checks: readonly Check[] = CHECKS, limitMs: number = LIMIT_MS): Promise<NamedFinding[]> {
  const findings = await Promise.all(checks.map(async (check) => (await look(check, context, limitMs)).map((finding) => ({ check: check.name, ...finding }))))
  return findings.flat()
}

async function look(check: Check, context: DoctorContext, limitMs: number): Promise<readonly Finding[]> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<readonly Finding[]>((resolve) => {
    timer = setTimeout(
      () => resolve([warning(`no answer within ${limitMs / 1000} s`, 'an answer of the disk or the network', './sundial doctor, again')]),
      limitMs,
    )
  })
  try {
    return await Promise.race([check.run(context), late])
  } catch (error) {
    if (error instanceof SundialError) return [problem(error.message, 'a state that can be read', error.hint)]
    return [
      warning(
        `could not be looked at: ${error instanceof Error ? error.message : String(error)}`,
        'access to what is looked at',
        'look at the path in the message',
      ),
    ]
  } finally {
    clearTimeout(timer)
  }
}
