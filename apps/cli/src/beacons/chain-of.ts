import { readFileSync } from 'node:fs'
import { builtInChains, type ChainInfoError, type CheckedAgainst, parseChainInfo } from '@dual-random/beacon/verify'
import { assertNever } from '@dual-random/kernel'
import type { Complain } from '../arguments.ts'

/** A chain by its built-in name, else by the file with what drand answers at /info; complains where it is neither. */
export function chainOf(named: string, complain: Complain): CheckedAgainst | undefined {
  const builtIn = Object.hasOwn(builtInChains, named) ? builtInChains[named as keyof typeof builtInChains] : undefined
  if (builtIn !== undefined) {
    const { scheme, publicKey, groupHash } = builtIn
    return { scheme, publicKey, genesisSeed: groupHash }
  }
  const problem = (why: string): undefined => {
    complain(`--chain ${named}: ${why}`)
  }
  let value: unknown
  try {
    value = JSON.parse(readFileSync(named, 'utf8'))
  } catch (thrown) {
    const why = thrown instanceof SyntaxError ? '不是 JSON (not JSON)' : String((thrown as NodeJS.ErrnoException).code)
    return problem(`不是 ${Object.keys(builtInChains).join('、')}，也不是可读的文件 (neither a chain built in nor a file): ${why}`)
  }
  const info = parseChainInfo(value)
  return info.ok ? info.value : problem(reasonOf(info.error))
}

function reasonOf(error: ChainInfoError): string {
  switch (error.code) {
    case 'not-an-object':
      return '应为 JSON 对象，如 drand 的 /info (a JSON object as drand answers at /info)'
    case 'no-scheme':
      return '缺少 schemeID (no schemeID)'
    case 'unknown-scheme':
      return `不支持的方案 ${error.scheme}，支持：(scheme ${error.scheme} is not supported; these are:) ${error.known.join(', ')}`
    case 'bad-public-key':
      return `public_key 应为 ${error.bytes} 字节的小写十六进制，方案 ${error.scheme} (public_key has to be ${error.bytes} bytes of lower-case hex)`
    case 'other-hash':
      return `hash 与其他成员不符，应为 ${error.expected} (hash is not that of the other members, which is ${error.expected})`
    default:
      return assertNever(error)
  }
}
