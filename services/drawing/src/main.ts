import { runMain } from '@dual-random/runtime'
import { createDrawingService } from './service.ts'

await runMain('drawing', (env) => createDrawingService(env))
