import { baseConfig, readConfig } from '@dual-random/runtime'
import { z } from 'zod'

const pauseMs = z.coerce.number().int().min(50).max(3_600_000)

export const publicationConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      ...baseConfig,
      DR_REGISTRY_GRPC: z.string().min(1),
      DR_PLANNING_GRPC: z.string().min(1),
      DR_DRAWING_GRPC: z.string().min(1),
      /** Base address of the public channel. */
      DR_PUBLICITY_URL: z.url({ protocol: /^https?$/ }),
      /** Its folder `calendar` holds the years of the working calendar. */
      DR_PRESETS_DIR: z.string().optional(),
      DR_DEADLINE_SWEEP_MS: pauseMs.default(1000),
      DR_PUSH_SWEEP_MS: pauseMs.default(1000),
    },
    env,
  )

export type PublicationConfig = ReturnType<typeof publicationConfig>
