export * from './gen/dualrandom/drawing/v1/drawing_events.ts'
export * from './gen/dualrandom/drawing/v1/drawing_service.ts'
