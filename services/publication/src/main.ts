import { runMain } from '@dual-random/runtime'
import { createPublicationService } from './service.ts'

await runMain('publication', createPublicationService)
