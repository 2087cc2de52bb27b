import { baseConfig, readConfig } from '@dual-random/runtime'
import { z } from 'zod'

export const oversightConfig = (env: NodeJS.ProcessEnv) => readConfig({ ...baseConfig, DR_REGISTRY_GRPC: z.string().min(1) }, env)

export type OversightConfig = ReturnType<typeof oversightConfig>
