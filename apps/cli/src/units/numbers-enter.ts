import type { Commitment, CommittedPublicNumbers } from '@dual-random/draw'
import { hexDigest } from '@dual-random/draw'
import { parseCanonicalJson, utf8 } from '@dual-random/kernel'
import { type DefinitionRecord, type KeysFile, parseLogLine, readRecord } from '@dual-random/witness'
import { drawIdOf, noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { nodeHash } from '../draws/node-crypto.ts'
import { readPinned } from '../pinned-keys.ts'
import { withProgress } from '../progress.ts'
import { both, text } from '../text.ts'
import { notEntered } from './delivery-words.ts'
import { bringEntry, bringPage, type Delivery, signEntry } from './drawing-client.ts'
import { logSources } from './log-sources.ts'
import { type Page, readTypedFile } from './numbers-typed.ts'
import { readUnitKey } from './unit-key.ts'

const attempts = 10

export const numbersEnter = offlineCommand({
  name: 'unit numbers enter',
  usage: '--keys keys-REGION.json --key FILE --draw ID --source NAME --typed FILE --url DRAWING_URL [--json]',
  summary: text('单位录入一次抽取等待的公开数字', 'enters what a unit typed of the public numbers that a draw waits for'),
  notes: [
    text(
      '两个单位各由一人对照存档网页录入，互不可见；先到的一份由抽取服务保管，两份一致后一同入日志，抽取随即进行。不一致时指出位置，有误的一方改后重新录入。--typed 为 JSON：{"series":[{"page":"文件","before":{"issue","publishedAt"},"publications":[{"issue","publishedAt","numbers":[["03","07"],["05"]]}]}]}，按定义的次序；page 为存档网页文件，须与另一单位所用的相同，随录入上传并公开。全角数字、前导零、组内次序不影响。',
      'One person each of two units types from the archived pages, without seeing what the other typed: the first entry is kept by drawing, both enter the\nlog once they are the same, and the draw follows. Where they differ the place is named, and who is wrong types again. --typed is JSON:\n{"series":[{"page":"FILE","before":{"issue","publishedAt"},"publications":[{"issue","publishedAt","numbers":[["03","07"],["05"]]}]}]} in the order of\nthe definition; page is the archived page, the same file as the other unit has, which is uploaded and public. Full-width digits, leading zeros and\nthe order within a set do not matter.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    key: { value: 'FILE', text: text('本单位（或上级）的密钥文件', "the key file of the unit, or the superior's") },
    draw: { value: 'ID', text: text('等待公开数字的抽取', 'the draw that waits for them') },
    source: { value: 'NAME', text: text('承诺所写的来源，如 numbers/two-lotteries', 'the source that S names, as numbers/two-lotteries') },
    typed: { value: 'FILE', text: text('录入的内容（JSON）', 'what was typed, JSON') },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is, as in http://127.0.0.1:8083') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    const drawId = drawIdOf(args, complain)
    return {
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'key', complain),
      drawId,
      source: requiredOf(args, 'source', complain),
      typedPath: requiredOf(args, 'typed', complain),
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ keysPath, keyPath, drawId, source, typedPath, url }, { terminal, json }): Promise<ExitCode> => {
    const keys = await readPinned(keysPath)
    const signer = await readUnitKey(keyPath)
    const hash = nodeHash(keys.hash)
    const { named, definition, commitment } = await awaited(keys, url, drawId, source)
    const { series, pages } = await readTypedFile(typedPath, definition, named)
    const record = { type: 'dual-random/numbers/v1', drawId, unitId: signer.unitId, commitment, source, series } as const
    const entry = signEntry(hash, signer, keys.regionCode, { kind: 'numbers', record }, drawId)
    const label = text('正在登记公开数字', 'entering the public numbers')
    const bring = (): Promise<Delivery> => bringEntry(url, keys.regionCode, entry, attempts)
    const delivery = await withProgress(terminal, { label }, async () => {
      const first = await bring()
      if (first.outcome !== 'held' || first.missingPages.length === 0) return first
      await bringPages(url, drawId, pages, first.missingPages)
      return bring()
    })
    if (delivery.outcome === 'held') {
      const said = text('已保管，等待另一单位的录入', 'kept until the other unit has typed too')
      terminal.out(json ? JSON.stringify({ drawId, source, held: true }) : `${drawId} ${source}: ${both(said)}`)
      return 0
    }
    if (delivery.outcome !== 'entered') throw new CommandError(notEntered(delivery))
    const { seq, head, isNew } = delivery
    const said = isNew
      ? text('两个单位一致，已入日志', 'the same as the other unit’s: both entered')
      : text('已在日志中', 'was there already')
    terminal.out(
      json ? JSON.stringify({ drawId, source, seq, head, isNew }) : `${drawId} ${source}: ${both(said)}, seq ${seq}, head ${head}`,
    )
    return 0
  },
})

async function bringPages(url: string, drawId: string, pages: readonly Page[], missing: readonly string[]): Promise<void> {
  for (const { digest, bytes } of pages) {
    if (!missing.includes(digest)) continue
    const refused = await bringPage(url, drawId, digest, bytes)
    if (refused !== undefined) throw new CommandError(text(`存档网页 ${digest}: ${refused}`, `archived page ${digest}: ${refused}`))
  }
}

interface Awaited {
  readonly named: CommittedPublicNumbers
  readonly definition: DefinitionRecord
  /** H(S). */
  readonly commitment: string
}

/** What S waits for, and the definition that the log has of it. */
async function awaited(keys: KeysFile, url: string, drawId: string, source: string): Promise<Awaited> {
  const [keeper] = logSources([url], keys.regionCode)
  const content = await keeper?.commitment(drawId, '')
  if (content === undefined) throw new CommandError(text(`${drawId}: 没有公开的承诺`, `${drawId}: has no public commitment`))
  const parsed = parseCanonicalJson(content)
  const s = parsed.ok ? (parsed.value as unknown as Commitment) : undefined
  const named = s?.beacons.find((one): one is CommittedPublicNumbers => one.kind === 'public-numbers' && one.source === source)
  if (named === undefined)
    throw new CommandError(text(`${drawId}: 承诺没有来源 ${source}`, `${drawId}: its commitment names no source ${source}`))
  for (const line of (await keeper?.log()) ?? []) {
    const entry = parseLogLine(line)
    if (!entry.ok || entry.value.kind !== 'definition' || entry.value.digest !== named.definition) continue
    const read = readRecord('definition', entry.value.record)
    if (read.ok && read.value?.kind === 'definition')
      return { named, definition: read.value.record, commitment: hexDigest(nodeHash(keys.hash), utf8(content)) }
  }
  throw new CommandError(text(`日志没有定义 ${named.definition}`, `the log has no definition ${named.definition}`))
}
