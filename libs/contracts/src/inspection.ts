export * from './gen/dualrandom/inspection/v1/inspection_events.ts'
export * from './gen/dualrandom/inspection/v1/inspection_service.ts'
