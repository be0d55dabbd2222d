/** Servers that operators run in a cluster, from images that the platform chooses: an operator supports few versions at a time. */
interface OperatedServer {
  readonly version: string
  /** With its tag. */
  readonly image: string
  /** The operator that runs this version, and the oldest of its own that does. */
  readonly operator: string
  /** The day on which the operator's and the server's own pages were last read. */
  readonly checked: string
}

/** By PostgreSQL's major version, which is the platform's. */
const POSTGRESQL: Readonly<Record<string, OperatedServer>> = {
  '15': {
    version: '15.18',
    // With contrib, and without Barman, which the plugin brings.
    image: 'ghcr.io/cloudnative-pg/postgresql:15.18-standard-bookworm',
    operator: 'CloudNativePG 1.30.0',
    checked: '2026-11-23',
  },
}

export function operatedPostgresql(major: string): OperatedServer {
  const found = POSTGRESQL[major]
  if (!found) throw new Error(`there is no image of PostgreSQL ${major} for a cluster`)
  return found
}

export const operatedCollector: OperatedServer = {
  version: '0.158.0',
  // With the few components that a cluster needs: the receiver, the processors and the exporter of the platform's configuration are among them.
  image: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s:0.158.0',
  operator: 'OpenTelemetry operator 0.158.0',
  checked: '2026-11-23',
}

/** Temporal is tested with 7 and 8; it says nothing of 9. */
export const operatedElasticsearch: OperatedServer = {
  version: '8.19.11',
  image: 'docker.elastic.co/elasticsearch/elasticsearch:8.19.11',
  operator: 'Elastic Cloud on Kubernetes 3.5.0',
  checked: '2026-11-23',
}
