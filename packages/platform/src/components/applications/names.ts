import type { Platform } from '../../model/platform.ts'
import type { ApplicationSettings } from '../../model/settings/application.ts'

/** Everything that belongs to one application is named after it. */
export interface Application {
  readonly name: string
  readonly settings: ApplicationSettings
  readonly namespace: string
  readonly platform: Platform
}

export const workerName = (application: string) => `${application}-worker`
export const apiName = (application: string) => `${application}-api`
export const serviceName = (application: string, service: string) => `${application}-${service}`
export const clientName = (application: string, client: string) => `${application}-${client}`
export const migrationName = (application: string) => `${application}-database-migration`
export const demoName = (application: string) => `${application}-demo`
export const databaseSecret = (application: string) => `${application}-database`

/** The API's callers need tokens for it: its name is their audience. */
export const apiAudience = (application: string) => apiName(application)
/** Key that the worker shows to a service of the application. */
export const serviceKeySecret = (application: string, service: string) => `${serviceName(application, service)}-key`
/** `payment-provider` gives `PAYMENT_PROVIDER`. */
export const environmentPrefix = (service: string) => service.toUpperCase().replaceAll('-', '_')
