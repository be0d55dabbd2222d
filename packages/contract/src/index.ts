export type { Access, HttpExposure, Operation, TenantBinding } from './access.ts'
export type {
  ActivityDefinition,
  AnySchema,
  Contract,
  ErrorDefinition,
  Idempotency,
  QueryDefinition,
  SearchAttributeType,
  SignalDefinition,
  UpdateDefinition,
  WorkflowDefinition,
} from './contract.ts'
export { ContractError, defineContract } from './define.ts'
export { pascalCase } from './checks/names.ts'
export { type ContractManifest, contractManifest } from './manifest.ts'
export type { Objectives } from './objectives.ts'
export { type OverlapPolicy, type ScheduleDefinition, scheduleId } from './schedules.ts'
export { type Duration, type DurationUnit, toMilliseconds } from './duration.ts'
export { type InputOf, type JsonSchema, jsonSchema, type OutputOf, type Schema, validate, type ValidationIssue, type ValidationResult } from './schema.ts'
export type * from './types.ts'
