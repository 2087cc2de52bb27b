import { runMain } from '@dual-random/runtime'
import { createPlanningService } from './service.ts'

await runMain('planning', createPlanningService)
