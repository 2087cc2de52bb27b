import type { Signer } from '@dual-random/draw'
import type { KeysFile } from '@dual-random/witness'
import { CommandError, type ExitCode, type Session } from '../command.ts'
import { nodeHash } from '../draws/node-crypto.ts'
import { withProgress } from '../progress.ts'
import type { Terminal } from '../terminal.ts'
import { both, type Text, text } from '../text.ts'
import { notEntered } from './delivery-words.ts'
import { bringEntry, type SignedEntry, signEntry } from './drawing-client.ts'

const attempts = 10

/** An entry that stands in the log, and whether it was this call that brought it there. */
export interface Entered {
  readonly seq: number
  readonly head: string
  readonly isNew: boolean
  readonly said: Text
}

/** Brings a signed entry to the region's log; throws a `CommandError` that says why it does not stand there. */
export async function enterSigned(
  { regionCode, url, label }: { readonly regionCode: string; readonly url: string; readonly label: Text },
  signed: SignedEntry,
  terminal: Terminal,
): Promise<Entered> {
  const delivery = await withProgress(terminal, { label }, () => bringEntry(url, regionCode, signed, attempts))
  if (delivery.outcome !== 'entered') throw new CommandError(notEntered(delivery))
  const { seq, head, isNew } = delivery
  return { seq, head, isNew, said: isNew ? text('已入日志', 'entered') : text('已在日志中', 'was there already') }
}

/** Signs one record of a draw, brings it to the region's log, and says at which line it stands. */
export async function enterRecord(
  { hash, regionCode }: KeysFile,
  signer: Signer,
  entry: Pick<SignedEntry, 'kind' | 'record'>,
  { drawId, url, label }: { readonly drawId: string; readonly url: string; readonly label: Text },
  { terminal, json }: Session,
): Promise<ExitCode> {
  const signed = signEntry(nodeHash(hash), signer, regionCode, entry, drawId)
  const { seq, head, isNew, said } = await enterSigned({ regionCode, url, label }, signed, terminal)
  terminal.out(json ? JSON.stringify({ drawId, seq, head, isNew }) : `${drawId}: ${both(said)}, seq ${seq}, head ${head}`)
  return 0
}
