export { createService, type WitnessService } from './service.ts'
