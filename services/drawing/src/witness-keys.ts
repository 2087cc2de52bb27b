import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RegionCode } from '@dual-random/kernel'
import { ConfigError } from '@dual-random/runtime'
import { type KeysFile, keysFileName, keysFileWords, parseNamedKeysFile } from '@dual-random/witness'

/** The pinned keys file of every region served here that has one; each of its witnesses needs an address. */
export function readWitnessKeys(
  folder: string | undefined,
  served: ReadonlyMap<RegionCode, unknown>,
  addresses: ReadonlyMap<string, string>,
): ReadonlyMap<RegionCode, KeysFile> {
  const files = new Map<RegionCode, KeysFile>()
  const problems: string[] = []
  for (const regionCode of served.keys()) {
    const name = keysFileName(regionCode)
    const path = folder === undefined ? undefined : join(folder, name)
    if (path === undefined || !existsSync(path)) continue
    const parsed = parseNamedKeysFile(name, readFileSync(path, 'utf8'))
    if (!parsed.ok) {
      const { zh, en } = keysFileWords(parsed.error)
      problems.push(`${path}: ${zh} (${en})`)
      continue
    }
    files.set(regionCode, parsed.value)
    for (const { witnessId } of parsed.value.witnesses)
      if (!addresses.has(witnessId)) problems.push(`DR_WITNESSES: 缺少见证方 ${witnessId} 的地址 (address missing)`)
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return files
}
