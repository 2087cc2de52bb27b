import { parseCanonicalJson } from '@dual-random/kernel'
import { type KeyRecord, readRecord } from '@dual-random/witness'
import { noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { nodeHash } from '../draws/node-crypto.ts'
import { readGiven } from '../own-files.ts'
import { readPinned } from '../pinned-keys.ts'
import { both, text } from '../text.ts'
import { signEntry } from './drawing-client.ts'
import { enterSigned } from './enter-record.ts'
import { readSuperior } from './superior-key.ts'

export const keyAdmit = offlineCommand({
  name: 'unit key admit',
  usage: '--keys keys-REGION.json --superior-key FILE --record FILE --url DRAWING_URL [--json]',
  summary: text('上级为单位密钥签名并登记入地区日志', "signs a unit's key as its superior and enters it in the region log"),
  notes: [
    text(
      '签名前核对：上级密钥就是钉住的那一把，记录格式正确。同一记录再次登记不会重复。先用另一渠道与该单位核对公钥。',
      "Before it signs, it checks that the superior's key is the pinned one and that the record is well formed. Sent again, the entry is found. Compare\nthe public key with the unit on another way first.",
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    'superior-key': { value: 'FILE', text: text('上级的密钥文件', "the superior's key file") },
    record: { value: 'FILE', text: text('单位的 key 记录', 'the key record of the unit') },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is, as in http://127.0.0.1:8083') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    return {
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'superior-key', complain),
      recordPath: requiredOf(args, 'record', complain),
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ keysPath, keyPath, recordPath, url }, { terminal, json }): Promise<ExitCode> => {
    const keys = await readPinned(keysPath)
    const superior = await readSuperior(keys, keyPath)
    const record = keyRecordIn(recordPath, await readGiven(recordPath))
    const entry = signEntry(nodeHash(keys.hash), superior, keys.regionCode, { kind: 'key', record }, null)
    const label = text('正在登记密钥', 'entering the key')
    const { keyId, unitId } = record
    const { seq, head, isNew, said } = await enterSigned({ regionCode: keys.regionCode, url, label }, entry, terminal)
    terminal.out(
      json ? JSON.stringify({ keyId, unitId, seq, head, isNew }) : `${keyId} (${unitId}): ${both(said)}, seq ${seq}, head ${head}`,
    )
    return 0
  },
})

function keyRecordIn(path: string, content: string): KeyRecord {
  const parsed = parseCanonicalJson(content.trimEnd())
  const read = readRecord('key', parsed.ok ? parsed.value : undefined)
  if (read.ok && read.value?.kind === 'key') return read.value.record
  const why = read.ok ? '' : `${read.error.pointer} ${read.error.reason}`
  throw new CommandError(text(`${path}: 不是 key 记录（${why}）`, `${path}: is no key record (${why})`))
}
