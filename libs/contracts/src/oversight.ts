export * from './gen/dualrandom/oversight/v1/oversight_events.ts'
export * from './gen/dualrandom/oversight/v1/oversight_service.ts'
