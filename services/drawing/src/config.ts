import { fromHex, isId, parseInstant, parseRegionCode, type RegionCode } from '@dual-random/kernel'
import { baseConfig, readConfig } from '@dual-random/runtime'
import * as z from 'zod'
import { beaconList } from './config-beacons.ts'
import { readWitnessKeys } from './witness-keys.ts'

const hexText = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `应为 ${2 * bytes} 个小写十六进制数字`)

const key = hexText(32).transform((text) => fromHex(text) as Uint8Array)

const address = z.string().regex(/^[^\s,]+:\d{1,5}$/, '应为 host:port')

/** `{ "<region code>": "<seed>" }`. */
const seedsByRegion = z.string().transform((text, context): ReadonlyMap<RegionCode, Uint8Array> => {
  const seeds = new Map<RegionCode, Uint8Array>()
  for (const [region, seed] of entriesOf(text)) {
    const regionCode = parseRegionCode(region)
    const bytes = typeof seed === 'string' ? fromHex(seed) : undefined
    if (regionCode !== undefined && bytes?.length === 32) seeds.set(regionCode, bytes)
    else context.addIssue({ code: 'custom', message: `${region}: 应为六位行政区划代码与 64 个小写十六进制数字` })
  }
  if (seeds.size === 0) context.addIssue({ code: 'custom', message: '应为 JSON 对象，至少一个地区' })
  return seeds
})

/** `{ "<witness>": "host:port" }`. */
const addressesByName = z
  .string()
  .default('{}')
  .transform((text, context): ReadonlyMap<string, string> => {
    const addresses = new Map<string, string>()
    for (const [witnessId, given] of entriesOf(text)) {
      const read = address.safeParse(given)
      if (isId(witnessId) && read.success) addresses.set(witnessId, read.data)
      else context.addIssue({ code: 'custom', message: `${witnessId}: 应为标识与 host:port` })
    }
    return addresses
  })

function entriesOf(text: string): readonly (readonly [string, unknown])[] {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? Object.entries(value) : []
  } catch {
    return []
  }
}

const shape = {
  ...baseConfig,
  DR_REGISTRY_GRPC: address,
  DR_PLANNING_GRPC: address,
  DR_LOG_KEYS: seedsByRegion,
  DR_LOG_STARTED_AT: z
    .string()
    .transform((text, context) => {
      const instant = parseInstant(text)
      if (instant !== undefined) return instant
      context.addIssue({ code: 'custom', message: '应为 UTC 时刻' })
      return z.NEVER
    })
    .optional(),
  DR_SNAPSHOT_PUBLIC_KEY: hexText(32),
  DR_SNAPSHOT_KEY_ID: z.string().refine(isId, '应为标识').default('registry'),
  DR_DRAW_HASH: z.enum(['sha256', 'sm3']).default('sha256'),
  DR_NONCE_KEY: key,
  /** Folder of the pinned `keys-<regionCode>.json` of the regions served here; without it their logs have no witnesses. */
  DR_WITNESS_KEYS: z.string().min(1).optional(),
  DR_WITNESSES: addressesByName,
  DR_BEACONS: beaconList,
} as const

/** Reads the environment; every problem is listed at once. */
export function readDrawingConfig(env: NodeJS.ProcessEnv) {
  const config = readConfig(shape, env)
  const witnessKeys = readWitnessKeys(config.DR_WITNESS_KEYS, config.DR_LOG_KEYS, config.DR_WITNESSES)
  return { ...config, isDemo: config.DR_ENV === 'demo' || config.DR_ENV === 'test', witnessKeys }
}

export type DrawingConfig = ReturnType<typeof readDrawingConfig>
