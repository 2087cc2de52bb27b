export { createService, type RunningService, type ServiceOptions } from './create-service.ts'
export { type BaseConfig, type Infrastructure, openInfrastructure, untilAvailable } from './infrastructure.ts'
export { type KeptPolicies, keptPolicies } from './kept-policies.ts'
export { type PolicyReader, type PolicyReadOptions, policyReader, type ReadPolicy, requireValue } from './policy-reader.ts'
