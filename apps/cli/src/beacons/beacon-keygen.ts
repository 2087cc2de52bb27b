import { writeFileSync } from 'node:fs'
import { newBeaconSecret, singleKeyChain } from '@dual-random/beacon'
import { toHex } from '@dual-random/kernel'
import { noMoreThan } from '../arguments.ts'
import { CommandError, offlineCommand } from '../command.ts'
import { text } from '../text.ts'

export const beaconKeygen = offlineCommand({
  name: 'beacon keygen',
  usage: 'FILE [--json]',
  summary: text('为本地区信标生成密钥', "makes the key of a region's beacon"),
  notes: [
    text(
      '私钥写入 FILE（仅本人可读写；已有的文件不覆盖），由 apps/beacon 以 DR_BEACON_KEY_FILE 读取。标准输出为公钥：登记到各地区日志，30 天后方可用于抽取。',
      'The secret goes into FILE, which only its owner may read and which must not be there yet; apps/beacon reads it as DR_BEACON_KEY_FILE. The public\nkey is answered: it enters the logs of the regions, and 30 days later draws may rest on it.',
    ),
    text(
      '请离线备份：密钥丢失后，已承诺而未到期的轮次无人能签；泄露后，未来的轮次可被预知。',
      'Keep a copy off line: without the key nobody can sign the rounds that draws wait for, and who has it knows all rounds to come.',
    ),
  ],
  options: {},
  read: (args, complain) => {
    noMoreThan({ ...args, positionals: args.positionals.slice(1) }, 0, complain)
    const [file] = args.positionals
    if (file === undefined) complain('FILE: 缺少 (missing)')
    return file ?? ''
  },
  run: (file, { terminal, json }) => {
    const secret = newBeaconSecret()
    const { publicKey } = singleKeyChain(secret, { source: 'region', kind: 'region', genesisTime: 0, periodSeconds: 1, beaconId: 'region' })
    try {
      writeFileSync(file, `${toHex(secret)}\n`, { mode: 0o600, flag: 'wx' })
    } catch (thrown) {
      const code = String((thrown as NodeJS.ErrnoException).code)
      throw new CommandError(text(`${file}: 不能新建（${code}）`, `${file}: cannot be made (${code})`))
    }
    terminal.out(json ? JSON.stringify({ file, publicKey }) : publicKey)
    return 0
  },
})
