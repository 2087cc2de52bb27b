export * from './gen/dualrandom/joint/v1/joint_events.ts'
export * from './gen/dualrandom/joint/v1/joint_service.ts'
