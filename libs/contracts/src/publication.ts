export * from './gen/dualrandom/publication/v1/publication_events.ts'
export * from './gen/dualrandom/publication/v1/publication_service.ts'
