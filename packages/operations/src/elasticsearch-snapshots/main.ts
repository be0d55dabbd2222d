import { readFile } from 'node:fs/promises'
import { createLogger } from '@sundial/runtime'
import { putSnapshots } from './put-snapshots.ts'
import { snapshotsSettings } from './settings.ts'

// A job: `node main.js FILE` tells Elasticsearch where snapshots go, and when they are made. Safe to run again.
const logger = createLogger('elasticsearch-snapshots')
const [, , file] = process.argv
if (file === undefined) {
  logger.fatal('name the JSON file of the snapshots’ settings as the argument')
  process.exitCode = 2
} else {
  try {
    await putSnapshots(snapshotsSettings.parse(JSON.parse(await readFile(file, 'utf8'))))
    logger.info('snapshots have a place and a time')
  } catch (error) {
    logger.fatal({ err: error }, 'Elasticsearch was not told about snapshots')
    process.exitCode = 1
  }
}
