/** The objects through which the operator manages Gravitee. */
export const MANAGEMENT_CONTEXT = 'gravitee'
export const API_MANAGEMENT_NAMESPACE = 'api-management'
