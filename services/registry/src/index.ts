export type { RegistryOverrides } from './context.ts'
export { createRegistryService } from './service.ts'
