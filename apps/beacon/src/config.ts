import { readFileSync, statSync } from 'node:fs'
import { fromHex } from '@dual-random/kernel'
import { baseConfig, ConfigError, readConfig } from '@dual-random/runtime'
import * as z from 'zod'

const { DR_ENV, DR_HOST, PORT, LOG_LEVEL, DR_CLOCK_FILE } = baseConfig

const notAKey = '应为 64 个小写十六进制字符'

/** The environment of the beacon process. */
const shape = {
  DR_ENV,
  DR_HOST,
  PORT,
  LOG_LEVEL,
  DR_CLOCK_FILE,
  /** File of the secret scalar of BLS12-381, 32 bytes big-endian in lower-case hex. */
  DR_BEACON_KEY_FILE: z.string().min(1).optional(),
  /** The same as a text, in a demonstration or a test only: an environment is read by more than its process. */
  DR_BEACON_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, notAKey)
    .optional(),
  /** Unix seconds of round 1. */
  DR_BEACON_GENESIS: z.coerce.number().int().min(0).max(253_402_300_799),
  DR_BEACON_PERIOD_S: z.coerce.number().int().min(1).max(86_400).default(30),
  /** Name of the chain in drand's JSON; it enters the chain hash. `default` is drand's own, which its hash leaves out. */
  DR_BEACON_ID: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, '应为 1–64 个小写字母、数字或 -')
    .refine((name) => name !== 'default', '不得为 default')
    .default('dual-random'),
  /** Requests per second that one address may make. */
  DR_BEACON_RATE: z.coerce.number().int().min(1).max(100_000).default(20),
  /** How many proxies of one's own stand before it, whose X-Forwarded-For is believed. */
  DR_BEACON_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  /** How many seconds the clock may be put forward at once and still be believed. */
  DR_BEACON_CLOCK_STEP_S: z.coerce.number().int().min(0).max(3600).default(2),
} as const

export type BeaconConfig = ReturnType<typeof readBeaconConfig>

/** Reads the environment and the key; throws `ConfigError` for what is wrong with them. */
export function readBeaconConfig(env: NodeJS.ProcessEnv) {
  const config = readConfig(shape, env)
  return { ...config, secret: secretOf(config) }
}

function secretOf(config: ReturnType<typeof readConfig<typeof shape>>): Uint8Array {
  const { DR_BEACON_KEY, DR_BEACON_KEY_FILE } = config
  if ((DR_BEACON_KEY === undefined) === (DR_BEACON_KEY_FILE === undefined))
    throw new ConfigError(['DR_BEACON_KEY_FILE: 须给出密钥文件 (the file of the key is needed, and the key in no other way)'])
  if (DR_BEACON_KEY !== undefined && config.DR_ENV !== 'demo' && config.DR_ENV !== 'test')
    throw new ConfigError(['DR_BEACON_KEY: 只可用于演示和测试，请用 DR_BEACON_KEY_FILE (for demo and test only: use DR_BEACON_KEY_FILE)'])
  const bytes = fromHex(DR_BEACON_KEY ?? keyIn(DR_BEACON_KEY_FILE ?? ''))
  if (bytes?.length !== 32) throw new ConfigError([`DR_BEACON_KEY_FILE: ${notAKey} (64 lower-case hexadecimal characters)`])
  return bytes
}

/** The key in a file that nobody but its owner may read or write. */
function keyIn(file: string): string {
  try {
    const { mode } = statSync(file)
    if ((mode & 0o077) !== 0) {
      const rights = (mode & 0o777).toString(8)
      throw new ConfigError([`DR_BEACON_KEY_FILE: 权限 ${rights} 允许他人访问，请执行 chmod 600 (others may use the file: chmod 600)`])
    }
    return readFileSync(file, 'utf8').trim()
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw thrown
    throw new ConfigError([`DR_BEACON_KEY_FILE: ${(thrown as NodeJS.ErrnoException).code ?? String(thrown)}`])
  }
}
