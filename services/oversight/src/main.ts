import { runMain } from '@dual-random/runtime'
import { createOversightService } from './service.ts'

await runMain('oversight', createOversightService)
