import { noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { both, text } from '../text.ts'
import { readSecrets } from './secrets-file.ts'
import { isUnsent, sendTips } from './send-tips.ts'
import { readUnitKey } from './unit-key.ts'

export const secretSend = offlineCommand({
  name: 'unit secret send',
  usage: '--key FILE --secrets FILE --url DRAWING_URL [--json]',
  summary: text('发送尚未入日志的承诺值', 'sends the tips that are not in the log yet'),
  notes: [
    text(
      '用于离线生成之后，以及发送中断之后。再次发送的承诺值会被认出，不会重复。',
      'After secrets were made offline, and after a sending that broke off. A tip that is sent again is found, not entered twice.',
    ),
  ],
  options: {
    key: { value: 'FILE', text: text('本单位密钥文件', "the unit's key file") },
    secrets: { value: 'FILE', text: text('本单位秘密值文件', "the unit's secrets file") },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    return {
      keyPath: requiredOf(args, 'key', complain),
      secretsPath: requiredOf(args, 'secrets', complain),
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ keyPath, secretsPath, url }, session): Promise<ExitCode> => {
    const signer = await readUnitKey(keyPath)
    const unsent = [...(await readSecrets(secretsPath)).values()].filter(isUnsent).map(({ kept }) => kept)
    if (unsent.length > 0) return await sendTips(secretsPath, signer, url, unsent, session)
    if (!session.json) session.terminal.err(both(text('没有未发送的承诺值', 'no tip is left to send')))
    return 0
  },
})
