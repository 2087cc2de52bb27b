import { AppError, messageText } from '@dual-random/errors'
import { TopicListError } from '@dual-random/messaging'
import { beaconKeygen } from './beacons/beacon-keygen.ts'
import { beaconVerify } from './beacons/beacon-verify.ts'
import { type Command, CommandError, type ExitCode, UsageError } from './command.ts'
import { usccCheck } from './credit-codes/uscc-check.ts'
import { dlqDrop } from './dead-letters/dlq-drop.ts'
import { dlqList } from './dead-letters/dlq-list.ts'
import { dlqReplay } from './dead-letters/dlq-replay.ts'
import { dlqShow } from './dead-letters/dlq-show.ts'
import { drawExplain } from './draws/draw-explain.ts'
import { drawProve } from './draws/draw-prove.ts'
import { drawRank } from './draws/draw-rank.ts'
import { drawVerify } from './draws/draw-verify.ts'
import { exportCommands } from './exports/export-commands.ts'
import { helpOf, overview, usageLine } from './help.ts'
import { importCommands } from './imports/import-commands.ts'
import { version } from './package-files.ts'
import { policyDiff } from './policies/policy-diff.ts'
import { policyExplain } from './policies/policy-explain.ts'
import { policyShow } from './policies/policy-show.ts'
import type { Terminal } from './terminal.ts'
import { both, text } from './text.ts'
import { topicsApply } from './topics/topics-apply.ts'
import { topicsDiff } from './topics/topics-diff.ts'
import { workdayAdd } from './working-days/workday-add.ts'
import { workdayCount } from './working-days/workday-count.ts'
import { workdayIs } from './working-days/workday-is.ts'

const commands: readonly Command[] = [
  usccCheck,
  workdayAdd,
  workdayCount,
  workdayIs,
  policyShow,
  policyDiff,
  policyExplain,
  beaconVerify,
  beaconKeygen,
  drawVerify,
  drawExplain,
  drawProve,
  drawRank,
  ...importCommands,
  ...exportCommands,
  topicsDiff,
  topicsApply,
  dlqList,
  dlqShow,
  dlqReplay,
  dlqDrop,
]

/** Runs the command that the words name; the exit code says how it went. */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first, second] = words
  const wantsHelp = words.includes('--help') || words.includes('-h')
  const found = commands.find(({ name }) => name === `${first} ${second}`)
  if (found !== undefined) {
    if (!wantsHelp) return await execute(found, words.slice(2), terminal)
    terminal.out(helpOf(found))
    return 0
  }
  if (first === '--version') {
    terminal.out(`dual-random ${version()}`)
    return 0
  }
  const below = commands.filter(({ name }) => name.split(' ')[0] === first)
  const isGroupAlone = below.length > 0 && (second === undefined || second.startsWith('-'))
  if (wantsHelp && (first?.startsWith('-') === true || isGroupAlone)) {
    terminal.out(overview(below.length > 0 ? below : commands))
    return 0
  }
  if (first !== undefined && !isGroupAlone)
    terminal.err(`${both(text('没有这个命令', 'no such command'))}: ${[first, ...(below.length > 0 ? [second] : [])].join(' ')}`)
  terminal.err(overview(below.length > 0 ? below : commands))
  return 2
}

async function execute(found: Command, words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await found.execute(words, terminal)
  } catch (thrown) {
    if (thrown instanceof UsageError || thrown instanceof TopicListError) {
      for (const problem of thrown.problems) terminal.err(problem)
      terminal.err(`${both(text('用法', 'usage'))}: ${usageLine(found)}`)
      terminal.err(`${both(text('详见', 'more'))}: dual-random ${found.name} --help`)
      return 2
    }
    for (const line of linesOf(thrown)) terminal.err(line)
    return 1
  }
}

/** What people can act on; the stack of what nobody expected. */
function linesOf(thrown: unknown): readonly string[] {
  if (thrown instanceof CommandError) return [both(thrown.text)]
  if (!(thrown instanceof AppError)) return [thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)]
  const { code, meta, cause } = thrown
  const said = both(text(messageText(code, meta, 'zh'), messageText(code, meta, 'en')))
  return [`${said} (${code})`, ...(cause instanceof Error ? [`  ${both(text('原因', 'cause'))}: ${cause.message}`] : [])]
}
