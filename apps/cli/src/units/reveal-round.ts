import type { KeysFile } from '@dual-random/witness'
import { CommandError, type Session } from '../command.ts'
import { both, type Text, text } from '../text.ts'
import { faultText, findingText } from './finding-words.ts'
import { giveReveal, type Receivers } from './give-reveal.ts'
import type { LogSource } from './log-sources.ts'
import type { LogView } from './log-view.ts'
import { look, type PassedOver } from './look.ts'
import { findingOf } from './reveal-finding.ts'
import { changeSecrets, readSecrets, type SecretLine, type SecretState } from './secrets-file.ts'
import { nameOf, requireOwner } from './send-tips.ts'
import type { UnitSigner } from './unit-key.ts'

export interface RevealWork {
  readonly keys: KeysFile
  readonly signer: UnitSigner
  readonly secretsPath: string
  /** One draw alone. */
  readonly drawId: string | undefined
  readonly view: LogView
  readonly sources: readonly LogSource[]
  readonly receivers: Receivers
  /** Says something of the work, unless it said the same of the same before. */
  readonly say: (about: string, what: Text) => void
}

/** How many secrets a round found in which state. */
export interface Tally {
  readonly entered: number
  readonly handed: number
  readonly waiting: number
  readonly refused: number
}

/** Looks at the log once and gives every secret that is due. Throws where the log is not believed: then nothing is revealed. */
export async function revealRound(work: RevealWork, session: Session): Promise<Tally> {
  const { view, sources, keys, say } = work
  const looked = await look(view, sources)
  if (!looked.ok) throw new CommandError(faultText(looked.error))
  for (const one of looked.value) say(one.url, passedOverText(one))
  if (view.seq < 0) throw new CommandError(text('没有一处给出可信的日志', 'no source gives a log that holds'))
  const tally = { entered: 0, handed: 0, waiting: 0, refused: 0 }
  for (const state of await due(work)) {
    requireOwner(work.signer, state.kept.unitId)
    if (state.kept.regionCode === keys.regionCode) tally[await revealOne(work, state, session)] += 1
  }
  return tally
}

const passedOverText = ({ why }: PassedOver): Text =>
  typeof why === 'string' ? text(`没有回答：${why}`, `no answer: ${why}`) : faultText(why)

async function due({ secretsPath, drawId, keys }: RevealWork): Promise<readonly SecretState[]> {
  const all = await readSecrets(secretsPath)
  if (drawId === undefined) return [...all.values()].filter(({ reveal }) => reveal !== 'entered')
  const one = all.get(drawId)
  if (one?.kept.regionCode === keys.regionCode) return [one]
  throw new CommandError(text(`没有抽取 ${drawId} 的秘密值`, `no secret for draw ${drawId} of region ${keys.regionCode}`))
}

async function revealOne(work: RevealWork, { kept, reveal }: SecretState, { terminal }: Session): Promise<keyof Tally> {
  const { view, keys, signer, receivers, secretsPath, say } = work
  const name = nameOf(kept)
  const note = async (type: 'reveal-entered' | 'reveal-handed', commitment: string): Promise<void> => {
    const line: SecretLine = { type, drawId: kept.drawId, commitment, at: terminal.clock() }
    await changeSecrets(secretsPath, () => [line])
  }
  const finding = findingOf(view, kept, terminal.clock())
  if (finding.outcome === 'revealed') {
    if (reveal !== 'entered') await note('reveal-entered', finding.commitment)
    say(name, findingText(finding))
    return 'entered'
  }
  if (finding.outcome !== 'reveal') {
    say(name, findingText(finding))
    return finding.outcome === 'wait' ? 'waiting' : 'refused'
  }
  // Witnesses that keep it already need not be asked again; drawing is, until the deadline.
  const witnesses = reveal === 'handed' ? [] : receivers.witnesses
  const given = await giveReveal(view, keys, signer, kept, finding.commitment, { ...receivers, witnesses })
  if (given.outcome === 'entered') {
    await note('reveal-entered', finding.commitment)
    say(name, text(`已揭示，日志第 ${given.seq} 号`, `revealed, entry ${given.seq} of the log`))
    return 'entered'
  }
  for (const why of given.why) say(name, why)
  if (given.outcome === 'handed') {
    await note('reveal-handed', finding.commitment)
    say(name, handedText(given.to))
  }
  return given.outcome === 'handed' || reveal === 'handed' ? 'handed' : 'refused'
}

const handedText = (to: readonly string[]): Text =>
  text(`抽取服务未收，已交见证方公开：${to.join('、')}`, `drawing did not take it; witnesses keep it public: ${to.join(', ')}`)

/** A tally for people. */
export const tallyText = ({ entered, handed, waiting, refused }: Tally): string =>
  both(
    text(
      `已在日志 ${entered}，只在见证方 ${handed}，等待 ${waiting}，不揭示 ${refused}`,
      `in the log ${entered}, with witnesses alone ${handed}, waiting ${waiting}, not revealed ${refused}`,
    ),
  )
