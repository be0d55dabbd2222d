export const PROMETHEUS_PORT = 9090
/** As the operator of Prometheus calls its service. */
export const PROMETHEUS_URL = `http://prometheus-operated.monitoring.svc:${PROMETHEUS_PORT}`
export const GRAFANA = 'grafana'
