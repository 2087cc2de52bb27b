import { offlineCommand } from '../command.ts'
import { text } from '../text.ts'
import { filesNote, findBundle, transcriptOf, trustOptions } from './bundle-files.ts'
import { verifiedRows } from './draw-rows.ts'
import { rowLines } from './rows.ts'
import { pinnedKeysOf, verifySound } from './verification.ts'

export const drawVerify = offlineCommand({
  name: 'draw verify',
  usage: 'TRANSCRIPT [--demo] [--keys FILE]… [--json]',
  summary: text('从公开文件重算一次抽取', 'recomputes a draw from its public files'),
  notes: [
    filesNote,
    text(
      '重算承诺、名册、种子、签号、抽中者、批次、日志和全部签名，不需要网络。有密钥文件时，还核对见证方会签和期限。输出 MATCH（演示为 MATCH (demo keys)，退出码 0）、PENDING 及所缺（3），上级已宣布失败的抽取为 FAILED 及事由（4），或第一处不同的文件和位置（1）；无法判断时退出码 2。用的是 libs/verify，与 tests/verifier 下两个独立核验程序不共用代码，三者结论应当相同。',
      'It recomputes commitment, roster, seed, tickets, the drawn, batches, log and every signature, without a network; with a keys file also what\nwitnesses cosigned, and by when. It says MATCH (of a demonstration MATCH (demo keys), exit code 0), PENDING and what is missing (3), of a draw that its superior declared\nfailed FAILED and why (4), or the first difference by file and place (1); 2 where it cannot judge. It is libs/verify, and shares no code with\nthe verifiers in tests/verifier: all should come to the same end.',
    ),
  ],
  options: trustOptions,
  read: (args, complain) => ({ path: transcriptOf(args, complain), demo: args.flags.has('demo'), keys: args.lists.get('keys') }),
  run: ({ path, demo, keys }, session) => {
    const { terminal, json } = session
    const sound = verifySound(findBundle(path), { demo, keys: pinnedKeysOf(keys) }, session)
    if (sound === undefined) return 1
    const { head, headlines, bundle, exitCode } = sound
    if (json) {
      const { drawId, regionCode } = bundle.transcript
      const openings = bundle.openings?.length ?? null
      terminal.out(JSON.stringify({ ...head, drawId, regionCode, openings, wholeLog: bundle.wholeLog }))
    } else {
      for (const line of [...headlines, ...rowLines(verifiedRows(bundle))]) terminal.out(line)
    }
    return exitCode
  },
})
