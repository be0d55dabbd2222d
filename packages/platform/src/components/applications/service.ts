import type { ApplicationSettings } from '../../model/settings/application.ts'
import { externalUrlPort } from '../../model/external.ts'
import type { ExternalService, Party } from '../../model/parties.ts'
import { listen, secret, volume } from '../../model/values.ts'
import type { Workload } from '../../model/workload.ts'
import { workload } from '../component.ts'
import { environmentPrefix, serviceKeySecret, serviceName, type Application } from './names.ts'
import { OPERATIONS_READY, operationsPort } from './worker.ts'

type Service = ApplicationSettings['services'][string]

/** Another HTTP service that the application's worker calls: run here, or by somebody else. */
export function serviceParty(application: Application, service: string, settings: Service): Party {
  const { module, url } = settings
  return url === undefined ? serviceWorkload(application, service, { ...settings, module: module ?? '' }) : externalService(application, service, url)
}

function externalService(application: Application, service: string, url: string): ExternalService {
  return {
    kind: 'external',
    name: serviceName(application.name, service),
    component: application.name,
    area: 'outside',
    description: `${service} of ${application.name}, run by others`,
    ports: { http: { ...externalUrlPort(url), authentication: 'token' } },
  }
}

function serviceWorkload(application: Application, service: string, settings: Service & { module: string }): Workload {
  const name = serviceName(application.name, service)
  return workload({
    name,
    component: application.name,
    area: 'product',
    description: `Service of ${application.name}`,
    program: { kind: 'node', module: settings.module },
    env: {
      ...(settings.keepsFiles && { STATE_DIRECTORY: volume(name) }),
      [`${environmentPrefix(service)}_API_KEY`]: secret(serviceKeySecret(application.name, service), 'api-key'),
      HTTP_ADDRESS: listen('http'),
      OPERATIONS_ADDRESS: listen('operations'),
      ...settings.env,
    },
    ports: { http: { number: settings.port, protocol: 'http', authentication: 'token' }, ...operationsPort(9097) },
    volumes: settings.keepsFiles ? [name] : [],
    ready: OPERATIONS_READY,
    scale: { replicas: settings.replicas, setting: ['applications', application.name, 'services', service, 'replicas'] },
    resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
  })
}
