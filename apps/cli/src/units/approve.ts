import { type RedrawOrderRecord, redrawOrderDigest } from '@dual-random/draw'
import type { KeysFile } from '@dual-random/witness'
import { type Arguments, type Complain, countOf, drawIdOf as drawIdGiven, noMoreThan, requiredOf, urlsOf } from '../arguments.ts'
import { type ExitCode, offlineCommand } from '../command.ts'
import { redrawSubjectText } from '../draws/draw-words.ts'
import { nodeHash } from '../draws/node-crypto.ts'
import { readPinned } from '../pinned-keys.ts'
import type { Terminal } from '../terminal.ts'
import { both, text } from '../text.ts'
import { enterRecord } from './enter-record.ts'
import { readOrder } from './read-order.ts'
import { readSuperior } from './superior-key.ts'
import { drawIdOf, redrawnBy } from './target.ts'

export const unitApprove = offlineCommand({
  name: 'unit approve',
  usage:
    '--keys keys-REGION.json --superior-key FILE (--draw ID | --redraw ORDER_FILE [--attempt N]) --reason TEXT --url DRAWING_URL [--json]',
  summary: text(
    '上级批准补抽，或前一次未在结果可知之前作废时的再抽',
    'approves, as the superior, a redraw, or an attempt after one whose result could be known',
  ),
  notes: [
    text(
      '前一次已承诺、又没有在揭示之前按期作废的（见证不足、揭示未到、宣布失败），再抽须有上级批准，否则任何人看到结果之后都可以再来一次：--draw 是所批准那一次的抽取标识（冻结被拒时由 attempt-not-approved 给出）。有见证方时每次补抽也须批准：--redraw 是申请原文（抽取服务 GET /v1/draws/ID/redraws/N/text），批准只对这份申请有效，涉及哪些标签、各层抽几个、事由都在其中；签署前会显示出来。批准须在承诺之前入日志；理由随日志公开。',
      'After an attempt that was committed and that no void ended in time before its secrets were seen (too few witnesses, a missing reveal, a failure),\nthe next one needs the approval of the superior: who knows a result could otherwise draw again. --draw is what is approved, as attempt-not-approved\nnames it when the freeze is refused. In front of witnesses every redraw needs it too: --redraw is the text of its order (of drawing, GET\n/v1/draws/ID/redraws/N/text), and the approval holds for this order alone, with its labels, counts and reasons; they are shown. An approval comes\nbefore the commitment; the reason is public with the log.',
    ),
  ],
  options: {
    keys: { value: 'FILE', text: text('钉住的 keys 文件', 'the pinned keys file of the region') },
    'superior-key': { value: 'FILE', text: text('上级的密钥文件', "the superior's key file") },
    draw: { value: 'ID', text: text('所批准的那一次抽取', 'the attempt that is approved') },
    redraw: { value: 'ORDER_FILE', text: text('所批准的补抽的申请原文', 'the text of the order of the redraw that is approved') },
    attempt: { value: 'N', text: text('补抽的第几次尝试，默认 1', 'which attempt of the redraw; 1 by default') },
    reason: { value: 'TEXT', text: text('理由，随日志公开', 'why; public with the log') },
    url: { value: 'URL', text: text('抽取服务地址', 'where drawing is, as in http://127.0.0.1:8083') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    urlsOf(args, 'url', complain)
    return {
      approved: approvedOf(args, complain),
      keysPath: requiredOf(args, 'keys', complain),
      keyPath: requiredOf(args, 'superior-key', complain),
      reason: requiredOf(args, 'reason', complain),
      url: requiredOf(args, 'url', complain),
    }
  },
  run: async ({ approved, keysPath, keyPath, reason, url }, session): Promise<ExitCode> => {
    const keys = await readPinned(keysPath)
    const superior = await readSuperior(keys, keyPath)
    const { drawId, order } = 'drawId' in approved ? { ...approved, order: null } : await ordered(keys, approved, session.terminal)
    const record = { type: 'dual-random/approval/v1', drawId, unitId: keys.superior.unitId, reason, order } as const
    const label = text('正在登记批准', 'entering the approval')
    return await enterRecord(keys, superior, { kind: 'approval', record }, { drawId, url, label }, session)
  },
})

type Approved = { readonly drawId: string } | { readonly orderPath: string; readonly attempt: number }

/** An attempt by its drawId, or a redraw by its order. */
function approvedOf(args: Arguments, complain: Complain): Approved {
  const orderPath = args.values.get('redraw')
  if (orderPath === undefined) {
    if (args.values.has('attempt')) complain('--attempt: 只用于 --redraw (goes with --redraw)')
    return { drawId: drawIdGiven(args, complain) }
  }
  if (args.values.has('draw')) complain('--draw: 与 --redraw 不能并用 (not beside --redraw)')
  return { orderPath, attempt: countOf(args, 'attempt', 1, 1, complain) }
}

/** Reads an order, shows what it says, and finds the draw itself: what is signed rests on nothing but the file that was shown. */
async function ordered(
  { hash, regionCode }: KeysFile,
  { orderPath, attempt }: Extract<Approved, { readonly orderPath: string }>,
  terminal: Terminal,
): Promise<{ readonly drawId: string; readonly order: string }> {
  const order = await readOrder(orderPath, regionCode)
  for (const line of orderWords(order, attempt)) terminal.err(line)
  return { drawId: drawIdOf(hash, regionCode, { ...redrawnBy(order), attempt }), order: redrawOrderDigest(nodeHash(hash), order) }
}

const orderWords = (order: RedrawOrderRecord, attempt: number): readonly string[] => [
  redrawSubjectText(order, order.number, attempt),
  ...order.labels.map((label) => `  ${label}`),
  ...order.counts.map(({ stratum, count }) => `  ${both(text(`${stratum} 层 ${count} 个`, `${count} of stratum ${stratum}`))}`),
]
