export { createHandler } from './handler.ts'
export { type BeaconService, createService } from './service.ts'
