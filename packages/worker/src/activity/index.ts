export type { ActivityContext, ActivityImplementations } from './types.ts'
export { wrapActivities } from './wrap-activities.ts'
