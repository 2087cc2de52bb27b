import { runMain } from '@dual-random/runtime'
import { createInspectionService } from './service.ts'

await runMain('inspection', createInspectionService)
