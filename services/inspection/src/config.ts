import { fromHex } from '@dual-random/kernel'
import { baseConfig, readConfig } from '@dual-random/runtime'
import { z } from 'zod'

const key = z.string().transform((text, context): Uint8Array => {
  const bytes = fromHex(text)
  if (bytes?.length === 32) return bytes
  context.addIssue({ code: 'custom', message: '应为 64 个小写十六进制数字' })
  return z.NEVER
})

export const inspectionConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      ...baseConfig,
      /** Visit ids are HMACs under it; kept outside the store. */
      DR_VISIT_KEY: key,
      DR_REGISTRY_GRPC: z.string().min(1),
      DR_PLANNING_GRPC: z.string().min(1),
      DR_DRAWING_GRPC: z.string().min(1),
      /** Folder of the yearly working-day notices; by default the one the project ships. */
      DR_CALENDAR_DIR: z.string().min(1).optional(),
      DR_SWEEP_MS: z.coerce.number().int().min(50).max(3_600_000).default(5000),
    },
    env,
  )

export type InspectionConfig = ReturnType<typeof inspectionConfig>
