import { type Difference, readCommitment, readTranscript } from '@dual-random/verify'
import { CommandError, offlineCommand, UsageError } from '../command.ts'
import { both, text } from '../text.ts'
import { findBundle, transcriptOf } from './bundle-files.ts'
import { explainedRows } from './draw-rows.ts'
import { dueTime } from './draw-words.ts'
import { differenceLine } from './fault-texts.ts'
import { rowLines } from './rows.ts'
import { noDemonstration } from './verification.ts'

export const drawExplain = offlineCommand({
  name: 'draw explain',
  usage: 'TRANSCRIPT [--demo] [--json]',
  summary: text('用普通话语说明一次抽取', 'tells in plain words what a draw was'),
  notes: [
    text(
      '谁组织、何时、依据什么；每层的对应数 N、可抽数、比例、精确数、抽取数 n 和截止签号；按事由的排除数；信标轮次及时间；种子；日志条目。只读文件，不核对；核对用 draw verify。',
      'Who organised it, when and for what; of every stratum the mapped number N, the eligible, ratio, exact number, number drawn n and cut-off;\nexclusions by ground; the beacon’s round and its time; the seed; the log’s entries. It reads and does not check: that is draw verify.',
    ),
  ],
  options: { demo: { text: text('说明演示抽取（演示密钥）', 'the draw is a demonstration (demo keys)') } },
  read: (args, complain) => ({ path: transcriptOf(args, complain), demo: args.flags.has('demo') }),
  run: ({ path, demo }, { terminal, json }) => {
    const { files } = findBundle(path)
    const transcript = readTranscript(files.transcript)
    if (!transcript.ok) throw unreadable(transcript.error)
    const commitment = readCommitment(files.commitment)
    if (!commitment.ok) throw unreadable(commitment.error)
    const [t, s] = [transcript.value, commitment.value]
    const isDemo = t.log.genesis.demo
    if (demo && !isDemo) throw new UsageError([noDemonstration])
    if (json) {
      const { strata, snapshot, beacons, ...others } = s
      terminal.out(
        JSON.stringify({
          ...others,
          asOf: snapshot.asOf,
          strata: strata.map((stratum, index) => ({ ...stratum, cutOff: t.strata[index]?.cutOff ?? null })),
          exclusions: snapshot.exclusions.counts,
          beacons: beacons.map((beacon, index) => ({ ...beacon, at: dueTime(beacon), randomness: t.beacons[index]?.randomness })),
          batches: t.batches.map((batch) => batch.length),
          seed: t.seed,
          log: t.log.entries,
        }),
      )
      return 0
    }
    for (const line of rowLines(explainedRows(t, s))) terminal.out(line)
    terminal.out(both(isDemo ? demoUnchecked : unchecked))
    return 0
  },
})

const unchecked = text('以上未经核对；核对用 draw verify', 'nothing of this was checked; that is draw verify')
const demoUnchecked = text(
  '这是演示抽取；以上未经核对，核对用 draw verify --demo',
  'this is a demonstration; nothing of this was checked, that is draw verify --demo',
)

const unreadable = (difference: Difference): CommandError => {
  const line = differenceLine(difference)
  return new CommandError(text(`读不懂：${line}`, 'not of the form of docs/draw-protocol.md'))
}
