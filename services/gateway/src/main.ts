import { runMain } from '@dual-random/runtime'
import { createGatewayService } from './service.ts'

await runMain('gateway', createGatewayService)
