export * from './gen/dualrandom/ops/v1/inbox_service.ts'
