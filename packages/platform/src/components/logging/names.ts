export const COLLECTOR_HOST = 'fluentd.logging.svc'
export const FORWARD_PORT = 24_224
export const CERTIFICATE = 'fluentd-tls'
export const CERTIFICATE_FOLDER = '/fluentd/tls'
/** Variables of the environment. */
export const SHARED_KEY = 'LOGGING_SHARED_KEY'
export const ENGINE_USER = 'SEARCH_ENGINE_USER'
export const ENGINE_PASSWORD = 'SEARCH_ENGINE_PASSWORD'
