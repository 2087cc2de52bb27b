import {
  type DeadLetter,
  type DeadLettersOptions,
  KafkajsTransport,
  type LetterPlan,
  positionOf,
  type replayDeadLetters,
} from '@dual-random/messaging'
import { createLogger } from '@dual-random/runtime'
import type { Arguments, Complain, OptionSpecs } from '../arguments.ts'
import type { Context, ExitCode } from '../command.ts'
import { withProgress } from '../progress.ts'
import { both, type Text, text } from '../text.ts'
import { nameLine, refusalLine } from './letter-lines.ts'
import { groupOf, isMeant, readSelection, type Selection, selectionOptions } from './selection.ts'

export interface ResolvingInput {
  readonly group: string
  readonly selection: Selection
  readonly reason: string
  readonly by: string | undefined
  readonly dryRun: boolean
}

export const resolvingOptions: OptionSpecs = {
  ...selectionOptions,
  reason: { value: 'TEXT', text: text('理由，随记录保存', 'why; kept with the record of it') },
  by: { value: 'NAME', text: text('何人所为，默认为本机用户', 'who does it, by default the user of this machine') },
  'dry-run': { text: text('只说明将做什么', 'only says what would be done') },
}

export function readResolvingInput(args: Arguments, complain: Complain): ResolvingInput {
  return {
    group: groupOf(args.positionals[0], complain),
    selection: readSelection(args, complain),
    reason: args.values.get('reason') ?? '',
    by: args.values.get('by'),
    dryRun: args.flags.has('dry-run'),
  }
}

export const needsValue =
  (selection: Selection): NonNullable<DeadLettersOptions['keepsValue']> =>
  (record) =>
    isMeant(selection, positionOf(record), record.key)

export interface Resolving {
  readonly plan: LetterPlan
  readonly resolve: typeof replayDeadLetters
  /** What is done to a letter: `replayed`. */
  readonly outcome: 'replayed' | 'dropped'
  readonly done: Text
  readonly wouldBe: Text
}

/** Does what a plan says, tells each letter of it, and fails where something was refused. */
export async function resolveLetters(
  { by, reason, dryRun }: ResolvingInput,
  { plan, resolve, outcome, done, wouldBe }: Resolving,
  context: Context,
): Promise<ExitCode> {
  const { terminal, json, config } = context
  const { letters, refusals } = plan
  const tell = (letter: DeadLetter): void =>
    terminal.out(
      json
        ? JSON.stringify({ position: letter.position, eventId: letter.eventId, outcome: dryRun ? `would-be-${outcome}` : outcome })
        : `${both(dryRun ? wouldBe : done)}  ${nameLine(letter)}`,
    )
  for (const { letter, reason: why, earlier } of refusals) {
    const refused = { position: letter.position, eventId: letter.eventId, outcome: 'refused', reason: why, earlier: earlier?.position }
    terminal.out(json ? JSON.stringify(refused) : refusalLine({ letter, reason: why, ...(earlier === undefined ? {} : { earlier }) }))
  }
  if (dryRun) for (const letter of letters) tell(letter)
  else if (letters.length > 0) {
    let resolved = 0
    const transport = new KafkajsTransport({
      brokers: config.KAFKA_BROKERS,
      clientId: 'dual-random-cli',
      topicPrefix: config.DR_TOPIC_PREFIX,
      logger: createLogger({ service: 'cli', level: 'silent' }),
    })
    const resolution = { by: by ?? terminal.operator, at: terminal.clock(), reason }
    const onResolved = (count: number): void => {
      for (const letter of letters.slice(resolved, count)) tell(letter)
      resolved = count
    }
    try {
      await withProgress(terminal, { label: done, detail: () => `${resolved}/${letters.length}` }, () =>
        resolve({ transport, letters, resolution, onResolved }),
      )
    } finally {
      await transport.close()
    }
  }
  if (!json) {
    const counts: readonly [Text, number][] = [
      [dryRun ? wouldBe : done, letters.length],
      [text('拒绝', 'refused'), refusals.length],
    ]
    terminal.out(counts.map(([label, count]) => `${both(label)}: ${count}`).join('; '))
  }
  return refusals.length === 0 ? 0 : 1
}
