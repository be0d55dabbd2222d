import { checkElasticsearch } from './elasticsearch.ts'
import { elasticsearchSettings } from './elasticsearch-settings.ts'
import { runCheck } from './job.ts'

// A job: `node elasticsearch-check.js FILE` finds out whether an Elasticsearch that others run is as the platform needs it.
await runCheck('elasticsearch-check', elasticsearchSettings, checkElasticsearch)
