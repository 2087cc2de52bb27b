import { failureReasons } from '@dual-random/witness'
import { drawIdOf, noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { readPinned } from '../pinned-keys.ts'
import { text } from '../text.ts'
import { enterRecord } from './enter-record.ts'
import { readSuperior } from './superior-key.ts'

export const unitFailed = offlineCommand({
  name: 'unit failed',
  usage: `--keys keys-REGION.json --superior-key FILE --draw ID --reason ${failureReasons.join('|')} --url DRAWING_URL [--json]`,
  summary: text('上级宣布一次抽取失败（公开事件）', 'declares, as the superior, that a draw has failed: a public incident'),
  notes: [
    text(
      '已承诺的抽取确实无法完成时才用：信标永久停用、取不到承诺的轮次（beacon-lost，抽出之前），密钥 K 或非公开文件已丢失（key-lost、data-lost，匹配之前），承诺之后的作废是否按期、见证方说法不一而无从确认（void-undecided，抽出之前）。只能由上级宣布，且须在最后一轮随机数满 7 日之后；随机数只是迟到的，不宣布失败，仍会取用。宣布随日志公开，不能撤回，该抽取不作检查依据；再抽须另经 unit approve 批准。',
      'For a committed draw that truly cannot be ended: its beacon is gone for good and the round cannot be had (beacon-lost, before it is drawn), or K or\nthe private files are lost (key-lost, data-lost, before it is matched), or its witnesses do not settle whether a void after its commitment was\nin time (void-undecided, before it is drawn). Only the superior says so, 7 days after the last round at the earliest; a round that is merely\nlate is still fetched. It is public with the log and not taken back, and nobody is checked on this draw. The next attempt needs unit approve\nbesides.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    'superior-key': { value: 'FILE', text: text('上级的密钥文件', "the superior's key file") },
    draw: { value: 'ID', text: text('失败的抽取', 'the draw that has failed') },
    reason: { value: 'REASON', text: text('为何无法完成，随日志公开', 'why it cannot be ended; public with the log') },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is, as in http://127.0.0.1:8083') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    const drawId = drawIdOf(args, complain)
    const said = requiredOf(args, 'reason', complain)
    const reason = failureReasons.find((one) => one === said)
    if (said !== '' && reason === undefined) complain(`--reason ${said}: 应为 (one of) ${failureReasons.join(' | ')}`)
    return {
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'superior-key', complain),
      drawId,
      reason: reason ?? 'beacon-lost',
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ keysPath, keyPath, drawId, reason, url }, session): Promise<ExitCode> => {
    const keys = await readPinned(keysPath)
    const superior = await readSuperior(keys, keyPath)
    const record = { type: 'dual-random/failed/v1', drawId, unitId: keys.superior.unitId, reason } as const
    const label = text('正在登记失败宣布', 'entering the failure')
    return await enterRecord(keys, superior, { kind: 'failed', record }, { drawId, url, label }, session)
  },
})
