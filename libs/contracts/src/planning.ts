export * from './gen/dualrandom/planning/v1/planning_events.ts'
export * from './gen/dualrandom/planning/v1/planning_service.ts'
