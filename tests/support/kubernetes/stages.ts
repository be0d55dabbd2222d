/** A Stage of KWOK: what it does to the status of objects that it selects. */
interface Stage {
  readonly name: string
  readonly apiGroup: string
  readonly kind: string
  readonly selector: readonly object[]
  readonly next: object
}

/** What each node can give to pods. */
const NODE = { cpu: '8', memory: '32Gi', 'ephemeral-storage': '200Gi', pods: '110' }

const alive = { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' }
const phase = (operator: string, value: string): object => ({ key: '.status.phase', operator, values: [value] })
const ofJob = { key: '.metadata.ownerReferences.[].kind', operator: 'In', values: ['Job'] }

/** Nodes have a kubelet that is well; pods run at once and are ready; pods of jobs succeed; deleted ones are gone. No container runs. */
const MACHINES: readonly Stage[] = [
  {
    name: 'node-ready',
    apiGroup: 'v1',
    kind: 'Node',
    selector: [phase('NotIn', 'Running')],
    next: {
      statusTemplate: JSON.stringify({
        phase: 'Running',
        capacity: NODE,
        allocatable: NODE,
        conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'simulated' }],
      }),
    },
  },
  {
    name: 'pod-running',
    apiGroup: 'v1',
    kind: 'Pod',
    selector: [alive, phase('In', 'Pending')],
    next: {
      statusTemplate: `
phase: Running
startTime: {{ Now | Quote }}
podIP: {{ PodIP | Quote }}
podIPs: [{ ip: {{ PodIP | Quote }} }]
conditions:
{{ range list "Initialized" "ContainersReady" "Ready" }}
- { type: {{ . }}, status: "True", lastTransitionTime: {{ Now | Quote }} }
{{ end }}
initContainerStatuses:
{{ range .spec.initContainers }}
- name: {{ .name }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  restartCount: 0
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} } }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  started: true
  restartCount: 0
  state: { running: { startedAt: {{ Now | Quote }} } }
{{ end }}
`,
    },
  },
  {
    name: 'pod-succeeded',
    apiGroup: 'v1',
    kind: 'Pod',
    selector: [alive, phase('In', 'Running'), ofJob],
    next: {
      statusTemplate: `
phase: Succeeded
conditions:
- { type: Ready, status: "False", reason: PodCompleted, lastTransitionTime: {{ Now | Quote }} }
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: false
  started: false
  restartCount: 0
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} } }
{{ end }}
`,
    },
  },
  { name: 'pod-gone', apiGroup: 'v1', kind: 'Pod', selector: [{ ...alive, operator: 'Exists' }], next: { delete: true } },
]

/** Operators that say that an object is well, by API and kind: the condition that they set. They do nothing else. */
export const SIMULATED_OPERATORS: readonly (readonly [apiGroup: string, kind: string, condition: string])[] = [
  ['cert-manager.io/v1', 'Certificate', 'Ready'],
  ['cert-manager.io/v1', 'ClusterIssuer', 'Ready'],
  ['trust.cert-manager.io/v1alpha1', 'Bundle', 'Synced'],
  ['external-secrets.io/v1', 'ClusterSecretStore', 'Ready'],
  ['external-secrets.io/v1', 'ExternalSecret', 'Ready'],
  ['external-secrets.io/v1alpha1', 'PushSecret', 'Ready'],
  ['postgresql.cnpg.io/v1', 'Cluster', 'Ready'],
  ['keda.sh/v1alpha1', 'ScaledObject', 'Ready'],
  ['gateway.networking.k8s.io/v1', 'Gateway', 'Programmed'],
]

function simulated([apiGroup, kind, condition]: (typeof SIMULATED_OPERATORS)[number]): Stage {
  return {
    name: `simulated-${kind.toLowerCase()}`,
    apiGroup,
    kind,
    selector: [alive, { key: `.status.conditions.[] | select(.type == "${condition}") | .status`, operator: 'NotIn', values: ['True'] }],
    next: {
      statusTemplate: `
conditions:
- { type: ${condition}, status: "True", reason: Simulated, message: simulated, lastTransitionTime: {{ Now | Quote }} }
`,
    },
  }
}

/** Everything that is simulated in a test's cluster, as KWOK's configuration: documents of JSON, which are YAML, too. */
export function stages(): string {
  return [...MACHINES, ...SIMULATED_OPERATORS.map(simulated), ELASTICSEARCH, DATABASE].map(document).join('\n---\n')
}

const ELASTICSEARCH: Stage = {
  name: 'simulated-elasticsearch',
  apiGroup: 'elasticsearch.k8s.elastic.co/v1',
  kind: 'Elasticsearch',
  selector: [alive, { key: '.status.health', operator: 'NotIn', values: ['green'] }],
  next: { statusTemplate: '{ "health": "green", "phase": "Ready" }' },
}

const DATABASE: Stage = {
  name: 'simulated-database',
  apiGroup: 'postgresql.cnpg.io/v1',
  kind: 'Database',
  selector: [alive, { key: '.status.applied', operator: 'DoesNotExist' }],
  next: { statusTemplate: '{ "applied": true }' },
}

function document({ name, apiGroup, kind, selector, next }: Stage): string {
  const spec = { resourceRef: { apiGroup, kind }, selector: { matchExpressions: selector }, next }
  return JSON.stringify({ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Stage', metadata: { name }, spec })
}
