export { createJointService } from './service.ts'
