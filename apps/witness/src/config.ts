import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ed25519Key } from '@dual-random/beacon'
import { fromHex, isId } from '@dual-random/kernel'
import { baseConfig, ConfigError, readConfig } from '@dual-random/runtime'
import { type KeysFile, keysFileWords, parseNamedKeysFile } from '@dual-random/witness'
import * as z from 'zod'

const { DR_ENV, DR_HOST, PORT, DR_GRPC_PORT, LOG_LEVEL, DR_CLOCK_FILE } = baseConfig

const id = z.string().refine(isId, '应为标识')

/** `{ "<witness id>": "host:port" }`. */
const addresses = z
  .string()
  .default('{}')
  .transform((text, context): ReadonlyMap<string, string> => {
    const read = z.record(id, z.string().regex(/^[^\s,]+:\d{1,5}$/, '应为 host:port')).safeParse(jsonOf(text))
    if (read.success) return new Map(Object.entries(read.data))
    context.addIssue({ code: 'custom', message: '应为 JSON 对象：见证方 → host:port' })
    return z.NEVER
  })

/** `{ "<region code>": ["https://…", …] }`. */
const keepers = z
  .string()
  .default('{}')
  .transform((text, context): ReadonlyMap<string, readonly string[]> => {
    const sources = z.array(z.url({ protocol: /^https?$/ })).min(1)
    const read = z.record(z.string().regex(/^\d{6}$/), sources).safeParse(jsonOf(text))
    if (read.success) return new Map(Object.entries(read.data))
    context.addIssue({ code: 'custom', message: '应为 JSON 对象：地区代码 → 网址列表 (region code to a list of addresses)' })
    return z.NEVER
  })

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const seedOf = (text: string): Uint8Array | undefined => {
  const bytes = fromHex(text)
  return bytes?.length === 32 ? bytes : undefined
}

/** The seed in a file that only its owner may read, or what is wrong with it. */
function seedIn(path: string): Uint8Array | string {
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) return `${path} 他人可读 (others may read it: chmod 600)`
    return seedOf(readFileSync(path, 'utf8').trimEnd()) ?? `${path} 应含 64 个小写十六进制字符 (must hold 64 hex)`
  } catch (thrown) {
    return `${path} 读不到 (cannot be read: ${String((thrown as NodeJS.ErrnoException).code)})`
  }
}

/** The environment of a witness process. */
const shape = {
  DR_ENV,
  DR_HOST,
  PORT,
  DR_GRPC_PORT,
  LOG_LEVEL,
  DR_CLOCK_FILE,
  DR_WITNESS_ID: id,
  /** Ed25519 seed of the witness's key, 32 bytes in lower-case hex. */
  DR_WITNESS_KEY: z
    .string()
    .transform((text, context): Uint8Array => {
      const bytes = seedOf(text)
      if (bytes !== undefined) return bytes
      context.addIssue({ code: 'custom', message: '应为 64 个小写十六进制字符' })
      return z.NEVER
    })
    .optional(),
  /** A file that holds it instead. */
  DR_WITNESS_KEY_FILE: z
    .string()
    .transform((path, context): Uint8Array => {
      const read = seedIn(path)
      if (typeof read !== 'string') return read
      context.addIssue({ code: 'custom', message: read })
      return z.NEVER
    })
    .optional(),
  /** Folder of the pinned `keys-<regionCode>.json`, one for each region that is witnessed. */
  DR_WITNESS_KEYS: z.string().min(1),
  /** Folder of the copies. */
  DR_WITNESS_DATA: z.string().min(1),
  DR_WITNESS_PEERS: addresses,
  DR_WITNESS_KEEPERS: keepers,
  DR_WITNESS_MIRROR_S: z.coerce.number().int().min(1).max(86_400).default(15),
  /** MiB of one public file, and of all those of a region. */
  DR_WITNESS_FILE_MAX_MB: z.coerce.number().int().min(1).max(2048).default(256),
  DR_WITNESS_MIRROR_MAX_MB: z.coerce.number().int().min(1).max(1_048_576).default(20_480),
} as const

export type WitnessConfig = ReturnType<typeof readWitnessConfig>

/** Reads the environment and the pinned keys files; every problem is listed at once. */
export function readWitnessConfig(env: NodeJS.ProcessEnv) {
  const config = readConfig(shape, env)
  const seeds = [config.DR_WITNESS_KEY, config.DR_WITNESS_KEY_FILE].filter((seed) => seed !== undefined)
  const [seed] = seeds
  if (seed === undefined || seeds.length > 1)
    throw new ConfigError(['DR_WITNESS_KEY, DR_WITNESS_KEY_FILE: 二者给出且只给出一个 (one of both)'])
  const key = ed25519Key(seed)
  const regions = keysFilesIn(config.DR_WITNESS_KEYS, config.DR_WITNESS_ID, key.publicKey)
  const unknown = [...config.DR_WITNESS_KEEPERS.keys()].filter((code) => !regions.some(({ regionCode }) => regionCode === code))
  if (unknown.length > 0) throw new ConfigError(unknown.map((code) => `DR_WITNESS_KEEPERS: 不见证地区 ${code} (not witnessed here)`))
  return { ...config, key, regions }
}

function keysFilesIn(folder: string, witnessId: string, publicKey: string): readonly KeysFile[] {
  const names = namesIn(folder).filter((name) => /^keys-\d{6}\.json$/.test(name))
  const problems: string[] = names.length === 0 ? [`DR_WITNESS_KEYS: ${folder} 中没有 keys-<地区>.json (no keys file)`] : []
  const regions: KeysFile[] = []
  for (const name of names) {
    const parsed = parseNamedKeysFile(name, readFileSync(join(folder, name), 'utf8'))
    if (!parsed.ok) {
      const { zh, en } = keysFileWords(parsed.error)
      problems.push(`${name}: ${zh} (${en})`)
    } else if (!parsed.value.witnesses.some((one) => one.witnessId === witnessId && one.publicKey === publicKey))
      problems.push(`${name}: 见证方中没有 ${witnessId} 及其公钥 ${publicKey} (not a witness there)`)
    else regions.push(parsed.value)
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return regions
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
