import { randomBytes } from 'node:crypto'
import { ed25519Key } from '@dual-random/beacon'
import { toHex } from '@dual-random/kernel'
import { idOf, noMoreThan, requiredOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { writeNew } from '../own-files.ts'
import { both, text } from '../text.ts'

export const witnessKeygen = offlineCommand({
  name: 'witness keygen',
  usage: '--id WITNESS --out FILE [--json]',
  summary: text('为见证方生成密钥（Ed25519）', "makes a witness's key (Ed25519)"),
  notes: [
    text(
      '种子只写入 FILE（仅本人可读写，已有的文件不覆盖），由 DR_WITNESS_KEY_FILE 读取。输出标识与公钥，供 keys make --witness 使用。',
      'The seed goes into FILE alone, which only its owner may read and which must not be there yet; DR_WITNESS_KEY_FILE reads it. Answered are id and\npublic key, as keys make --witness takes them.',
    ),
  ],
  options: {
    id: { value: 'WITNESS', text: text('见证方标识', 'the id of the witness') },
    out: { value: 'FILE', text: text('种子文件', 'where the seed goes') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    return { witnessId: idOf(args, 'id', complain), out: requiredOf(args, 'out', complain) }
  },
  run: async ({ witnessId, out }, { terminal, json }): Promise<ExitCode> => {
    const seed = new Uint8Array(randomBytes(32))
    const { publicKey } = ed25519Key(seed)
    await writeNew(out, `${toHex(seed)}\n`, { secret: true })
    const lines = [`${both(text('标识', 'id'))}: ${witnessId}`, `${both(text('公钥', 'public key'))}: ${publicKey}`]
    for (const line of json ? [JSON.stringify({ witnessId, publicKey })] : lines) terminal.out(line)
    return 0
  },
})
