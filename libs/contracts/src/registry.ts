export * from './gen/dualrandom/registry/v1/registry_events.ts'
export * from './gen/dualrandom/registry/v1/registry_service.ts'
