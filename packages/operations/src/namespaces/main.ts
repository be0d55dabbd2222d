import { readFile } from 'node:fs/promises'
import { createLogger, readTemporalSettings, SettingsError, SettingsReader, TokenError } from '@sundial/runtime'
import { checkNamespaces } from './check-namespaces.ts'
import { ensureNamespaces, NamespaceError } from './ensure-namespaces.ts'
import { ensureSchedules } from '../schedules/ensure-schedules.ts'
import { parseSpecification, SpecificationError } from './specification.ts'
import { AccessError, connectToTemporal } from './temporal-connection.ts'

/** Milliseconds for the work once the server answers. */
const DEADLINE_MS = 120_000

/** Errors whose message is for the user: no stack helps. */
const EXPECTED = [SettingsError, SpecificationError, NamespaceError, AccessError, TokenError]

// A job: `node main.js FILE` makes the namespaces that the JSON file lists, or finds out whether they are there, and makes the schedules in them. It exits with 0, or with a message and 1 when they cannot be as wanted,
// 2 when it could not find out: wrong settings, or no answer.
const logger = createLogger('namespaces')
try {
  await run(process.argv[2])
} catch (error) {
  const expected = error instanceof Error && EXPECTED.some((kind) => error instanceof kind)
  logger.fatal(expected ? {} : { err: error }, expected ? error.message : 'namespaces could not be made')
  process.exitCode = error instanceof NamespaceError ? 1 : 2
}

async function run(file: string | undefined): Promise<void> {
  if (file === undefined) throw new SpecificationError('name the JSON file of namespaces as the argument')
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new SpecificationError(`${file} cannot be read: ${error.message}`)
  })
  const { namespaces, make, patienceSeconds } = parseSpecification(text, file)
  const reader = new SettingsReader(process.env)
  const settings = readTemporalSettings(reader)
  reader.finish()
  const temporal = await connectToTemporal(settings, logger, AbortSignal.timeout(patienceSeconds * 1000))
  try {
    if (make) await ensureNamespaces(temporal, namespaces, { logger, signal: AbortSignal.timeout(DEADLINE_MS) })
    else await checkNamespaces(temporal, namespaces)
    for (const { name: namespace, contracts } of namespaces.filter((each) => each.contracts.length > 0))
      await ensureSchedules(temporal, { namespace, contracts }, { logger, signal: AbortSignal.timeout(DEADLINE_MS) })
  } finally {
    await temporal.close()
  }
}
