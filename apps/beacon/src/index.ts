export { type BeaconService, createService } from './service.ts'
