export type { FieldChange } from './compare-objects.ts'
export { compareTrees, type ObjectChange, type SettledChange, type TreeChanges } from './compare-trees.ts'
