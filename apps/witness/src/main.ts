import { runMain } from '@dual-random/runtime'
import { createService } from './service.ts'

await runMain('witness', (env) => createService(env))
