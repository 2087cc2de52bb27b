import { canonicalJson } from '@dual-random/kernel'
import { idOf, noMoreThan, requiredOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { writeNew } from '../own-files.ts'
import { both, text } from '../text.ts'
import { keyRecordOf, newUnitKey, unitKeyText } from './unit-key.ts'

export const keyNew = offlineCommand({
  name: 'unit key new',
  usage: '--unit UNIT --out FILE [--key-id ID] [--record FILE] [--json]',
  summary: text('为本单位生成签名密钥（Ed25519）', "makes the unit's signing key (Ed25519)"),
  notes: [
    text(
      '私钥只写入 FILE（仅本人可读写，已有的文件不覆盖），不离开本机。输出公钥，以及须由上级签名的 key 记录（--record 另存为文件），交上级用 unit key admit 登记入地区日志。',
      'The private key goes into FILE alone, which only its owner may read and which must not be there yet. Answered are the public key and the key\nrecord that the superior has to sign (--record keeps it in a file): the superior brings it to the region log with unit key admit.',
    ),
    text(
      '上级自己的密钥也这样生成：--key-id 取钉住的 keys 文件里的名字，公钥写入 keys make --superior，不需登记。',
      "The superior's own key is made the same way, with the key id of the pinned keys file; it is pinned there (keys make --superior), not admitted.",
    ),
  ],
  options: {
    unit: { value: 'UNIT', text: text('本单位标识', 'the id of the unit') },
    out: { value: 'FILE', text: text('密钥文件', 'where the key goes') },
    'key-id': { value: 'ID', text: text('密钥名，默认 unit-<单位>', 'name of the key, unit-<UNIT> by default') },
    record: { value: 'FILE', text: text('把 key 记录存为文件', 'where the key record goes as well') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    const unitId = idOf(args, 'unit', complain)
    const keyId = args.values.has('key-id') ? idOf(args, 'key-id', complain) : `unit-${unitId}`
    return { unitId, keyId, out: requiredOf(args, 'out', complain), record: args.values.get('record') }
  },
  run: async ({ unitId, keyId, out, record }, { terminal, json }): Promise<ExitCode> => {
    const key = newUnitKey(unitId, keyId)
    const content = canonicalJson(keyRecordOf(key))
    await writeNew(out, unitKeyText(key), { secret: true })
    if (record !== undefined) await writeNew(record, `${content}\n`, { secret: false })
    const answer = { keyId, publicKey: key.publicKey, record: keyRecordOf(key) }
    for (const line of json ? [JSON.stringify(answer)] : [`${both(text('公钥', 'public key'))}: ${key.publicKey}`, content])
      terminal.out(line)
    return 0
  },
})
