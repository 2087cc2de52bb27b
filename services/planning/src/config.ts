import { baseConfig, readConfig } from '@dual-random/runtime'
import { z } from 'zod'

/** `DR_CALENDAR_DIR`: the folder of yearly working-day notices; by default the one the project ships. */
export const planningConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      ...baseConfig,
      DR_REGISTRY_GRPC: z.string().min(1),
      DR_INSPECTION_GRPC: z.string().min(1),
      DR_CALENDAR_DIR: z.string().min(1).optional(),
      /** How often it is looked whether a region lacks its report of the day. */
      DR_CONSISTENCY_SWEEP_MS: z.coerce.number().int().min(50).max(3_600_000).default(600_000),
      /** How often it is looked whether the dates of a region are due for a look; 0 leaves it to other copies. */
      DR_TERM_SWEEP_MS: z.coerce
        .number()
        .int()
        .min(0)
        .max(3_600_000)
        .refine((ms) => ms === 0 || ms >= 50, '0, or at least 50')
        .default(60_000),
      /** Base address of the office's message gateway, and the token it wants; without the address reminders wait. */
      DR_REMINDER_URL: z.url({ protocol: /^https?$/ }).optional(),
      DR_REMINDER_TOKEN: z.string().min(1).optional(),
      DR_REMINDER_SWEEP_MS: z.coerce.number().int().min(50).max(3_600_000).default(1000),
    },
    env,
  )

export type PlanningConfig = ReturnType<typeof planningConfig>
