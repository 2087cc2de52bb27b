import { type DrawChain, drawScheme, isNumbersSource, operatorOf, quicknet, relayName, singleKeyGroupHash } from '@dual-random/beacon'
import * as z from 'zod'

/** A beacon that commitments name, and where its rounds are fetched: relays in the order in which they are asked. */
export interface BeaconConfig {
  readonly chain: DrawChain
  readonly relays: readonly string[]
  /** How long one relay may take, and how long it has a round to itself; libs/beacon's own where absent. */
  readonly timeoutMs?: number | undefined
  readonly hedgeMs?: number | undefined
}

const milliseconds = z.int().min(1).max(60_000).optional()

/** What `DR_BEACONS` names: beacons with rounds, and public numbers by the digest of their definition in the log. */
export interface NamedSources {
  readonly chains: readonly BeaconConfig[]
  readonly numbers: readonly { readonly source: string; readonly definition: string }[]
}

const entry = z.strictObject({
  source: z.string().min(1).max(100),
  relays: z
    .array(z.url({ protocol: /^https?$/ }))
    .min(1, '至少一个转发站')
    .max(20)
    .optional(),
  /** Of public numbers alone. */
  definition: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '应为 64 个小写十六进制数字')
    .optional(),
  publicKey: z
    .string()
    .regex(/^[0-9a-f]{192}$/, '应为 192 个小写十六进制数字')
    .optional(),
  genesisTime: z.int().min(0).max(253_402_300_799).optional(),
  periodSeconds: z.int().min(1).max(86_400).optional(),
  timeoutMs: milliseconds,
  hedgeMs: milliseconds,
})
type Entry = z.infer<typeof entry>

/** `DR_BEACONS`: a JSON list, every problem with its place. */
export const beaconList = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: '不是合法的 JSON' })
      return z.NEVER
    }
  })
  .pipe(z.array(entry).min(1, '至少一个信标').max(20))
  .transform((entries, context): NamedSources => {
    const problem = (index: number, message: string): void => context.addIssue({ code: 'custom', path: [index], message })
    const numbers: NamedSources['numbers'][number][] = []
    const read = entries.flatMap((given, index) => {
      if (given.source.startsWith('numbers/')) {
        const named = numbersOf(given)
        if (entries.findIndex((one) => one.source === given.source) !== index) problem(index, `${given.source} 重复 (named twice)`)
        if (typeof named === 'string') problem(index, named)
        else numbers.push(named)
        return []
      }
      const chain = chainOf(given)
      if (typeof chain === 'string') problem(index, chain)
      const { source, relays = [], timeoutMs, hedgeMs } = given
      if (relays.length === 0) problem(index, `${source}: 须给出 relays (its relays are needed)`)
      if (given.definition !== undefined) problem(index, `${source}: definition 只用于公开数字 (a definition is of public numbers alone)`)
      if (entries.findIndex((one) => one.source === source) !== index) problem(index, `${source} 重复 (named twice)`)
      if (new Set(relays.map(relayName)).size !== relays.length) problem(index, '转发站重复 (a relay is named twice)')
      return typeof chain === 'string' ? [] : [{ chain, relays, timeoutMs, hedgeMs }]
    })
    if (entries.filter(({ source }) => source.startsWith('self/')).length > 1)
      context.addIssue({ code: 'custom', message: '自办信标至多一个 (at most one beacon of one’s own)' })
    return context.issues.length > 0 ? z.NEVER : { chains: read, numbers }
  })

/** Public numbers have a definition in the region's log, and nothing that is fetched. What is wrong with them, as a text. */
function numbersOf({ source, definition, ...others }: Entry): NamedSources['numbers'][number] | string {
  if (!isNumbersSource(source)) return `${source}: 应为 numbers/ 与 1 至 64 个小写字母、数字或连字符 (numbers/ and 1 to 64 of a-z, 0-9, -)`
  if (definition === undefined || Object.values(others).some((value) => value !== undefined))
    return `${source}: 须给出且仅给出 definition (its definition is needed, and nothing else)`
  return { source, definition }
}

/** drand's pins are built in; any other beacon brings its key and its times. What is wrong with it, as a text. */
function chainOf({ source, publicKey, genesisTime, periodSeconds }: Entry): DrawChain | string {
  const given = [publicKey, genesisTime, periodSeconds].filter((value) => value !== undefined).length
  if (source === quicknet.source) return given === 0 ? quicknet : `${source} 的公钥和时间内置，不得给出 (its key and times are built in)`
  const isSelf = /^self\/[A-Za-z0-9_-]{1,64}$/.test(source)
  if (!isSelf && operatorOf(source) === undefined)
    return `${source}: 应为 ${quicknet.source}、region/行政区划代码或 self/名称 (drand/quicknet, region/<region code> or self/<name>)`
  if (publicKey === undefined || genesisTime === undefined || periodSeconds === undefined)
    return `${source}: 须给出 publicKey、genesisTime、periodSeconds (all three are needed)`
  return {
    source,
    kind: isSelf ? 'self' : 'region',
    scheme: drawScheme,
    publicKey,
    genesisTime,
    periodSeconds,
    beaconId: source,
    groupHash: singleKeyGroupHash(publicKey),
  }
}
