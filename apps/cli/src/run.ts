import { AppError, messageText } from '@dual-random/errors'
import { TopicListError } from '@dual-random/messaging'
import { ConfigError } from '@dual-random/runtime'
import { beaconKeygen } from './beacons/beacon-keygen.ts'
import { beaconVerify } from './beacons/beacon-verify.ts'
import { type Command, CommandError, type ExitCode, UsageError } from './command.ts'
import { usccCheck } from './credit-codes/uscc-check.ts'
import { dlqDrop } from './dead-letters/dlq-drop.ts'
import { dlqList } from './dead-letters/dlq-list.ts'
import { dlqReplay } from './dead-letters/dlq-replay.ts'
import { dlqShow } from './dead-letters/dlq-show.ts'
import { drawAudit } from './draws/draw-audit.ts'
import { drawExplain } from './draws/draw-explain.ts'
import { drawProve } from './draws/draw-prove.ts'
import { drawRank } from './draws/draw-rank.ts'
import { drawVerify } from './draws/draw-verify.ts'
import { exportCommands } from './exports/export-commands.ts'
import { helpOf, overview, usageLine } from './help.ts'
import { importCommands } from './imports/import-commands.ts'
import { version } from './package-files.ts'
import { exportPlans } from './plans/export-plans.ts'
import { importPlans } from './plans/import-plans.ts'
import { plansParseCells } from './plans/parse-cells.ts'
import { plansAnswer } from './plans/plans-answer.ts'
import { policyDiff } from './policies/policy-diff.ts'
import { policyExplain } from './policies/policy-explain.ts'
import { policyShow } from './policies/policy-show.ts'
import type { Terminal } from './terminal.ts'
import { both, text } from './text.ts'
import { topicsApply } from './topics/topics-apply.ts'
import { topicsDiff } from './topics/topics-diff.ts'
import { unitCommands } from './units/unit-commands.ts'
import { witnessCommands } from './witnesses/witness-commands.ts'
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
  plansParseCells,
  plansAnswer,
  beaconVerify,
  beaconKeygen,
  drawVerify,
  drawExplain,
  drawProve,
  drawRank,
  drawAudit,
  ...importCommands,
  importPlans,
  ...exportCommands,
  exportPlans,
  topicsDiff,
  topicsApply,
  dlqList,
  dlqShow,
  dlqReplay,
  dlqDrop,
  ...unitCommands,
  ...witnessCommands,
]

/** Runs the command that the words name; the exit code says how it went. */
export async function run(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [first] = words
  const wantsHelp = words.includes('--help') || words.includes('-h')
  const found = commandNamed(words)
  if (found !== undefined) {
    if (!wantsHelp) return await execute(found, words.slice(wordsOf(found.name)), terminal)
    terminal.out(helpOf(found))
    return 0
  }
  if (first === '--version') {
    terminal.out(`dual-random ${version()}`)
    return 0
  }
  const { length, below } = groupNamed(words)
  const next = words[length]
  const isGroupAlone = length > 0 && (next === undefined || next.startsWith('-'))
  if (wantsHelp && (first?.startsWith('-') === true || isGroupAlone)) {
    terminal.out(overview(below))
    return 0
  }
  if (first !== undefined && !isGroupAlone)
    terminal.err(`${both(text('没有这个命令', 'no such command'))}: ${words.slice(0, length + 1).join(' ')}`)
  terminal.err(overview(below))
  return 2
}

const wordsOf = (name: string): number => name.split(' ').length
const longestName = Math.max(...commands.map(({ name }) => wordsOf(name)))

/** The command whose name is the longest beginning of the words: `witness keygen` before `witness`. */
function commandNamed(words: readonly string[]): Command | undefined {
  for (let length = longestName; length > 0; length--) {
    const found = words.length >= length ? commands.find(({ name }) => name === words.slice(0, length).join(' ')) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** The commands below the longest beginning of the words that names a group, and its length; all where none does. */
function groupNamed(words: readonly string[]): { readonly length: number; readonly below: readonly Command[] } {
  for (let length = Math.min(words.length, longestName - 1); length > 0; length--) {
    const below = commands.filter(({ name }) => name.startsWith(`${words.slice(0, length).join(' ')} `))
    if (below.length > 0) return { length, below }
  }
  return { length: 0, below: commands }
}

async function execute(found: Command, words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await found.execute(words, terminal)
  } catch (thrown) {
    if (thrown instanceof UsageError || thrown instanceof TopicListError || thrown instanceof ConfigError) {
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
