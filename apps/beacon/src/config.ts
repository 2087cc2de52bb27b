import { fromHex } from '@dual-random/kernel'
import { baseConfig } from '@dual-random/runtime'
import * as z from 'zod'

const { DR_ENV, DR_HOST, PORT, LOG_LEVEL, DR_CLOCK_FILE } = baseConfig

/** The environment of the beacon process. */
export const configShape = {
  DR_ENV,
  DR_HOST,
  PORT,
  LOG_LEVEL,
  DR_CLOCK_FILE,
  /** Secret scalar of BLS12-381, 32 bytes big-endian in lower-case hex. */
  DR_BEACON_KEY: z.string().transform((text, context): Uint8Array => {
    const bytes = fromHex(text)
    if (bytes?.length === 32) return bytes
    context.addIssue({ code: 'custom', message: '应为 64 个小写十六进制字符' })
    return z.NEVER
  }),
  /** Unix seconds of round 1. */
  DR_BEACON_GENESIS: z.coerce.number().int().min(0).max(253_402_300_799),
  DR_BEACON_PERIOD_S: z.coerce.number().int().min(1).max(86_400).default(30),
  /** Name of the chain in drand's JSON; it enters the chain hash. */
  DR_BEACON_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, '应为 1–64 个小写字母、数字或 -')
    .default('dual-random'),
} as const
