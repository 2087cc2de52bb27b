import { idOf, noMoreThan, requiredOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { writeNew } from '../own-files.ts'
import { both, text } from '../text.ts'
import { newWrapKey, wrapKeyText, wrappingKeyOf } from './wrap-key.ts'
import { wrapKeyPaper } from './wrap-key-paper.ts'
import { readPaperPath } from './write-paper.ts'

export const wrapKeyNew = offlineCommand({
  name: 'unit wrap-key new',
  usage: '--unit UNIT --out FILE [--key-id ID] [--paper FILE] [--json]',
  summary: text('为上级生成包裹密钥（X25519）', "makes the superior's wrapping key (X25519)"),
  notes: [
    text(
      '名录库生成每次抽取的密钥 K 时，同时用上级的公钥把它包裹（HPKE，RFC 9180）并保存；名录库丢失之后，上级仍可用本密钥打开存档的包裹，复核不中断。私钥只写入 FILE（仅本人可读写，已有的文件不覆盖）。输出公钥，交名录库配置 DR_SUPERIOR_WRAP_KEYS。--paper 另存一份纸质备份：打印后删除文件，密封保存，用 unit wrap-key restore 录回。',
      'As registry makes the key K of a draw it wraps it for the superior (HPKE, RFC 9180): when the registry is lost, the superior still opens what it\narchived, and the audit is not lost with it. The private key goes into FILE alone, which only its owner may read and which must not be there yet.\nAnswered is the public key, for DR_SUPERIOR_WRAP_KEYS of registry. --paper writes a backup to print: delete the file once printed, keep the paper\nsealed; unit wrap-key restore reads it back.',
    ),
  ],
  options: {
    unit: { value: 'UNIT', text: text('上级单位标识', 'the id of the superior unit') },
    out: { value: 'FILE', text: text('密钥文件', 'where the key goes') },
    'key-id': { value: 'ID', text: text('密钥名，默认 wrap-<单位>', 'name of the key, wrap-<UNIT> by default') },
    paper: { value: 'FILE', text: text('纸质备份（纯文本）', 'where the paper backup goes, plain text') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    const unitId = idOf(args, 'unit', complain)
    const paper = args.values.get('paper')
    readPaperPath(paper, complain)
    return {
      unitId,
      keyId: args.values.has('key-id') ? idOf(args, 'key-id', complain) : `wrap-${unitId}`,
      out: requiredOf(args, 'out', complain),
      paper,
    }
  },
  run: async ({ unitId, keyId, out, paper }, { terminal, json }): Promise<ExitCode> => {
    const key = await newWrapKey(unitId, keyId)
    await writeNew(out, wrapKeyText(key), { secret: true })
    if (paper !== undefined) await writeNew(paper, wrapKeyPaper(key), { secret: true })
    terminal.out(json ? JSON.stringify(wrappingKeyOf(key)) : `${both(text('公钥', 'public key'))}: ${JSON.stringify(wrappingKeyOf(key))}`)
    return 0
  },
})
