import { checkDefinition, entropyBits } from '@dual-random/beacon'
import type { Json } from '@dual-random/kernel'
import { type DefinitionRecord, readRecord, recordDigest } from '@dual-random/witness'
import { noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { nodeHash } from '../draws/node-crypto.ts'
import { readGiven } from '../own-files.ts'
import { readPinned } from '../pinned-keys.ts'
import { both, text } from '../text.ts'
import { signEntry } from './drawing-client.ts'
import { enterSigned } from './enter-record.ts'
import { jsonIn } from './numbers-typed.ts'
import { readSuperior } from './superior-key.ts'

export const numbersAdmit = offlineCommand({
  name: 'unit numbers admit',
  usage: '--keys keys-REGION.json --superior-key FILE --definition FILE --url DRAWING_URL [--json]',
  summary: text('上级准入公开数字的定义（开奖号码、收盘价等）', 'admits a definition of public numbers to the region log, as the superior'),
  notes: [
    text(
      '定义说明取哪些公开数字、取几期、在哪里公布（docs/draw-protocol.md §9a），不足 128 比特的拒绝。须在承诺之前入日志满 30 天（钉住的公钥文件另有规定的除外）；输出的摘要填入抽取服务的 DR_BEACONS。准入前核对：数字由与组织单位无关的机构公布，任何人都能查到。',
      'A definition says which numbers are taken, of how many publications, and where they are published (docs/draw-protocol.md §9a); fewer than 128 bits\nare refused. It stands in the log for 30 days before a draw rests on it (unless the pinned keys file says otherwise); drawing names it in DR_BEACONS\nby the digest that is printed. Look first: somebody apart from the organiser publishes the numbers, where anyone can find them.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    'superior-key': { value: 'FILE', text: text('上级的密钥文件', "the superior's key file") },
    definition: { value: 'FILE', text: text('定义（JSON）', 'the definition, JSON') },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is, as in http://127.0.0.1:8083') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    return {
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'superior-key', complain),
      definitionPath: requiredOf(args, 'definition', complain),
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ keysPath, keyPath, definitionPath, url }, { terminal, json }): Promise<ExitCode> => {
    const keys = await readPinned(keysPath)
    const superior = await readSuperior(keys, keyPath)
    const record = definitionFrom(definitionPath, await readGiven(definitionPath))
    const hash = nodeHash(keys.hash)
    const entry = signEntry(hash, superior, keys.regionCode, { kind: 'definition', record }, null)
    const label = text('正在登记定义', 'entering the definition')
    const { seq, head, isNew, said } = await enterSigned({ regionCode: keys.regionCode, url, label }, entry, terminal)
    const [definition, bits] = [recordDigest(hash, record), entropyBits(record)]
    terminal.out(
      json
        ? JSON.stringify({ source: record.source, definition, bits, seq, head, isNew })
        : `${record.source} ${definition} (${bits} bits): ${both(said)}, seq ${seq}, head ${head}`,
    )
    return 0
  },
})

function definitionFrom(path: string, content: string): DefinitionRecord {
  const wrong = (why: string) =>
    new CommandError(text(`${path}: 不是公开数字的定义（${why}）`, `${path}: is no definition of public numbers (${why})`))
  const read = readRecord('definition', jsonIn(content) as Json | undefined)
  if (!read.ok) throw wrong(`${read.error.pointer.replace('/record', '')} ${read.error.reason}`)
  if (read.value?.kind !== 'definition') throw wrong('')
  const checked = checkDefinition(read.value.record)
  if (checked.ok) return read.value.record
  const { error } = checked
  throw wrong(error.code === 'bad-definition' ? error.path : `${error.bits} < ${error.atLeast} bits`)
}
