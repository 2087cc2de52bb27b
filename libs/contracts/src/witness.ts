export * from './gen/dualrandom/witness/v1/witness_service.ts'
