import { fromHex, isId, parseRegionCode, type RegionCode, type UnitId } from '@dual-random/kernel'
import { baseConfig, ConfigError, readConfig } from '@dual-random/runtime'
import * as z from 'zod'

const key = z.string().transform((text, context): Uint8Array => {
  const bytes = fromHex(text)
  if (bytes?.length === 32) return bytes
  context.addIssue({ code: 'custom', message: '应为 64 个小写十六进制数字' })
  return z.NEVER
})

const jsonObject = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: '不是合法的 JSON' })
    return z.NEVER
  }
})

const operator = jsonObject.pipe(
  z.strictObject({
    subject: z.string().min(1).max(100),
    unitId: z
      .string()
      .refine(isId)
      .transform((text) => text as UnitId),
    regionCode: z
      .string()
      .refine((text) => parseRegionCode(text) !== undefined)
      .transform((text) => text as RegionCode),
  }),
)

const regionCode = z
  .string()
  .refine((text) => parseRegionCode(text) !== undefined, '应为六位区划代码')
  .transform((text) => text as RegionCode)

/** By region: the superior's key that draws' keys are wrapped for. */
const wrapKeys = jsonObject
  .pipe(
    z.record(
      regionCode,
      z.strictObject({
        keyId: z.string().refine(isId, '应为标识'),
        publicKey: z.string().regex(/^[0-9a-f]{64}$/, '应为 64 个小写十六进制数字'),
      }),
    ),
  )
  .transform((map) => new Map(Object.entries(map) as [RegionCode, { readonly keyId: string; readonly publicKey: string }][]))

const shape = {
  ...baseConfig,
  DR_ID_KEY: key,
  DR_SEAL_KEY: key,
  DR_SNAPSHOT_KEY: key,
  /** Without the superior's key of a region, K of its draws is lost with this registry. */
  DR_SUPERIOR_WRAP_KEYS: wrapKeys.default(new Map()),
  DR_SNAPSHOT_KEY_ID: z.string().refine(isId, '应为标识').default('registry'),
  DR_DRAW_HASH: z.enum(['sha256', 'sm3']).default('sha256'),
  DR_PRESETS_DIR: z.string().optional(),
  DR_FIRST_OPERATOR: operator.optional(),
  /** Base address of the enterprise credit-risk classification system, and the token it wants; without the address results wait. */
  DR_CREDIT_SYSTEM_URL: z.url({ protocol: /^https?$/ }).optional(),
  DR_CREDIT_SYSTEM_TOKEN: z.string().min(1).optional(),
  DR_CREDIT_SYSTEM_SWEEP_MS: z.coerce.number().int().min(50).max(3_600_000).default(1000),
  DR_DEMO_SEED: z.string().optional(),
}

export type RegistryConfig = ReturnType<typeof readRegistryConfig>

/** Reads the environment; every problem is listed at once. A demo seed outside the demo would make every K known. */
export function readRegistryConfig(env: NodeJS.ProcessEnv) {
  const config = readConfig(shape, env)
  if (config.DR_DEMO_SEED !== undefined && config.DR_ENV !== 'demo') {
    throw new ConfigError(['DR_DEMO_SEED: 只有 DR_ENV=demo 时才允许 (allowed with DR_ENV=demo only)'])
  }
  return config
}
