import type { KeysFile, SignedReveal } from '@dual-random/witness'
import { type Text, text } from '../text.ts'
import { notEntered } from './delivery-words.ts'
import { bringEntry, signEntry } from './drawing-client.ts'
import type { LogView } from './log-view.ts'
import type { KeptSecret } from './secrets-file.ts'
import type { UnitSigner } from './unit-key.ts'
import { handToWitness } from './witness-client.ts'

const attempts = 3

export interface Receivers {
  /** Drawing's. */
  readonly url: string
  /** `host:port` of witnesses, asked when drawing did not enter the reveal. */
  readonly witnesses: readonly string[]
}

/** What came of a reveal: in the log, kept public by witnesses alone, or nowhere; with why it went no further. */
export type Given =
  | { readonly outcome: 'entered'; readonly seq: number }
  | { readonly outcome: 'handed'; readonly to: readonly string[]; readonly why: readonly Text[] }
  | { readonly outcome: 'kept'; readonly why: readonly Text[] }

/** Signs the reveal of a secret that was found good, and brings it to drawing, or else to witnesses. */
export async function giveReveal(
  view: LogView,
  { regionCode }: KeysFile,
  signer: UnitSigner,
  { drawId, unitId, secret }: KeptSecret,
  commitment: string,
  { url, witnesses }: Receivers,
): Promise<Given> {
  const record = { type: 'dual-random/reveal/v1', drawId, unitId, commitment, secret } as const
  const entry = signEntry(view.hash, signer, regionCode, { kind: 'reveal', record }, drawId)
  const reveal: SignedReveal = { keyId: entry.keyId, record, signature: entry.signature }
  const refusal = view.refusalOfReveal(reveal)
  if (refusal !== undefined) {
    const why = text(`日志不会接受：密钥 ${signer.keyId}，${refusal}`, `the log would not take it: key ${signer.keyId}, ${refusal}`)
    return { outcome: 'kept', why: [why] }
  }
  const delivery = await bringEntry(url, regionCode, entry, attempts)
  if (delivery.outcome === 'entered') return { outcome: 'entered', seq: delivery.seq }
  const why: Text[] = [notEntered(delivery)]
  const to: string[] = []
  for (const address of witnesses) {
    const failure = await handToWitness(address, regionCode, reveal)
    if (failure === undefined) to.push(address)
    else why.push(text(`见证方 ${address}：${failure}`, `witness ${address}: ${failure}`))
  }
  return to.length > 0 ? { outcome: 'handed', to, why } : { outcome: 'kept', why }
}
