import { baseConfig, readConfig } from '@dual-random/runtime'
import * as z from 'zod'

export const cliConfig = (env: NodeJS.ProcessEnv) =>
  readConfig(
    {
      KAFKA_BROKERS: baseConfig.KAFKA_BROKERS,
      DR_TOPIC_PREFIX: baseConfig.DR_TOPIC_PREFIX,
      /** Replicas where the cluster has fewer brokers than the topic list asks for. */
      DR_TOPIC_REPLICAS: z.coerce.number().int().min(1).max(32_767).optional(),
    },
    env,
  )

export type CliConfig = ReturnType<typeof cliConfig>
