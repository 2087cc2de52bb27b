import { drawIdOf, noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { readPinned } from '../pinned-keys.ts'
import { text } from '../text.ts'
import { enterRecord } from './enter-record.ts'
import { readSuperior } from './superior-key.ts'

export const unitApprove = offlineCommand({
  name: 'unit approve',
  usage: '--keys keys-REGION.json --superior-key FILE --draw ID --reason TEXT --url DRAWING_URL [--json]',
  summary: text(
    '上级批准补抽，或前一次未在结果可知之前作废时的再抽',
    'approves, as the superior, a redraw, or an attempt after one whose result could be known',
  ),
  notes: [
    text(
      '前一次已承诺、又没有在揭示之前按期作废的（见证不足、揭示未到、宣布失败），再抽须有上级批准，否则任何人看到结果之后都可以再来一次；有见证方时每次补抽也须批准。--draw 是所批准那一次的抽取标识（冻结被拒时由 attempt-not-approved 给出）。批准须在承诺之前入日志，一次抽取一份；理由随日志公开。',
      'After an attempt that was committed and that no void ended in time before its secrets were seen (too few witnesses, a missing reveal, a failure),\nthe next one needs the approval of the superior: who knows a result could otherwise draw again. In front of witnesses every redraw needs it too.\n--draw is what is approved, as attempt-not-approved names it when the freeze is refused. One approval a draw, before its commitment; the reason is\npublic with the log.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    'superior-key': { value: 'FILE', text: text('上级的密钥文件', "the superior's key file") },
    draw: { value: 'ID', text: text('所批准的那一次抽取', 'the attempt that is approved') },
    reason: { value: 'TEXT', text: text('理由，随日志公开', 'why; public with the log') },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is, as in http://127.0.0.1:8083') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    const drawId = drawIdOf(args, complain)
    return {
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'superior-key', complain),
      drawId,
      reason: requiredOf(args, 'reason', complain),
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ keysPath, keyPath, drawId, reason, url }, session): Promise<ExitCode> => {
    const keys = await readPinned(keysPath)
    const superior = await readSuperior(keys, keyPath)
    const record = { type: 'dual-random/approval/v1', drawId, unitId: keys.superior.unitId, reason } as const
    const label = text('正在登记批准', 'entering the approval')
    return await enterRecord(keys, superior, { kind: 'approval', record }, { drawId, url, label }, session)
  },
})
