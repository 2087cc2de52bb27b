import { runMain } from '@dual-random/runtime'
import { createJointService } from './service.ts'

await runMain('joint', createJointService)
