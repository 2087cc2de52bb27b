import { runMain } from '@dual-random/runtime'
import { createRegistryService } from './service.ts'

await runMain('registry', (env) => createRegistryService(env))
