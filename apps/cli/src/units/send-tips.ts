import { tipOf } from '@dual-random/draw'
import { CommandError, type ExitCode, type Session } from '../command.ts'
import { nodeHash } from '../draws/node-crypto.ts'
import { withProgress } from '../progress.ts'
import { both, text } from '../text.ts'
import { notEntered } from './delivery-words.ts'
import { bringEntry, type Delivery, type SignedEntry, signEntry } from './drawing-client.ts'
import { changeSecrets, type KeptSecret, type SecretLine, type SecretState } from './secrets-file.ts'
import { nameOf as nameOfTarget } from './target.ts'
import type { UnitSigner } from './unit-key.ts'

const attempts = 10
/** What a crash leaves unnoted is sent again and found. */
const notedAtOnce = 50

export const isUnsent = ({ isTipEntered, reveal }: SecretState): boolean => !isTipEntered && reveal === 'none'

/** A secrets file belongs to one unit: a tip that another unit's key signed would open nothing. */
export function requireOwner(signer: UnitSigner, unitId: string): void {
  if (signer.unitId === unitId) return
  throw new CommandError(
    text(`秘密值属于单位 ${unitId}，密钥属于 ${signer.unitId}`, `the secrets are of unit ${unitId}, the key of ${signer.unitId}`),
  )
}

/** Signs the tips of secrets, sends them, and notes what entered the log. Breaks off where nobody answers; the rest goes with the next call. */
export async function sendTips(
  path: string,
  signer: UnitSigner,
  url: string,
  secrets: readonly KeptSecret[],
  session: Session,
): Promise<ExitCode> {
  const { terminal, json } = session
  let [sent, refused] = [0, 0]
  let unnoted: string[] = []
  const note = async (): Promise<void> => {
    const lines = unnoted.map((drawId): SecretLine => ({ type: 'tip-entered', drawId, at: terminal.clock() }))
    unnoted = []
    await changeSecrets(path, () => lines)
  }
  const label = text('正在发送承诺值', 'sending tips')
  const send = async (): Promise<Delivery | undefined> => {
    for (const kept of secrets) {
      requireOwner(signer, kept.unitId)
      const delivery = await bringEntry(url, kept.regionCode, tipEntry(signer, kept), attempts)
      if (delivery.outcome === 'unanswered') return delivery
      if (delivery.outcome === 'entered') {
        unnoted.push(kept.drawId)
        sent += 1
        if (unnoted.length >= notedAtOnce) await note()
      } else {
        refused += 1
        terminal.err(`${nameOf(kept)}: ${both(notEntered(delivery))}`)
      }
    }
    return undefined
  }
  const unanswered = await withProgress(terminal, { label, detail: () => `${sent + refused}/${secrets.length}` }, async () => {
    try {
      return await send()
    } finally {
      await note()
    }
  })
  const left = secrets.length - sent - refused
  const counts = text(`承诺值已入日志 ${sent}，被拒 ${refused}，未发 ${left}`, `tips entered ${sent}, refused ${refused}, not sent ${left}`)
  terminal.out(json ? JSON.stringify({ tipsEntered: sent, tipsRefused: refused, tipsNotSent: left }) : both(counts))
  if (unanswered?.outcome === 'unanswered') throw new CommandError(notEntered(unanswered))
  return refused > 0 ? 1 : 0
}

function tipEntry(signer: UnitSigner, kept: KeptSecret): SignedEntry {
  const { drawId, unitId, regionCode } = kept
  const hash = nodeHash(kept.hash)
  const record = { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, kept) } as const
  return signEntry(hash, signer, regionCode, { kind: 'tip', record }, drawId)
}

/** A secret as people name it. */
export const nameOf = (kept: KeptSecret): string => `${nameOfTarget(kept)} (${kept.drawId.slice(0, 8)})`
