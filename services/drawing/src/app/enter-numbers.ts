import { type CommittedPublicNumbers, checkEntered, differenceOf } from '@dual-random/beacon'
import type { Commitment } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { RegionCode } from '@dual-random/kernel'
import type { KeysFile, NumbersRecord } from '@dual-random/witness'
import type { DrawIn } from '../domain/draw.ts'
import { authentic, type OutsideRequest } from '../domain/outside-entry.ts'
import { definitionIn, type RegionLog } from '../domain/region-log.ts'
import { readCommitment } from './draw-files.ts'
import { outsideRefused } from './outside-refused.ts'
import type { HeldEntry } from './ports.ts'
import { type Deps, requireDraw } from './require.ts'
import { type WitnessDeps, witnessLog } from './witness-log.ts'

export type NumbersDeps = WitnessDeps & Deps<'draws' | 'held' | 'clock'>

export type NumbersEntered =
  /** Both stand in the log. */
  | { readonly outcome: 'known' | 'appended'; readonly entry: { readonly seq: number; readonly head: string } }
  /** Kept from everybody until the other unit's is here too, and the pages that they were read from. */
  | { readonly outcome: 'held'; readonly missingPages: readonly string[] }

/**
 * Takes what somebody of a unit read from the pages of a source that S names (docs/draw-protocol.md §9a). It enters the log together with the other
 * unit's, once the two are equal: neither copies from the other. Until then a unit may send another entry, which takes the place of its first.
 */
export async function enterNumbers(deps: NumbersDeps, regionCode: RegionCode, request: OutsideRequest): Promise<NumbersEntered> {
  const { log, pinned } = await keeping(deps, regionCode)
  const read = authentic({ hash: deps.hash, verify: deps.keys.verify, superior: pinned.superior }, log, request)
  if (!read.ok) throw outsideRefused(read.error)
  const { given, digest } = read.value
  if (given.kind !== 'numbers') throw new Error('no numbers')
  const { drawId, source, unitId } = given.record
  const draw = await requireDraw(deps.draws, drawId)
  const inLog = (await deps.logs.ofDraw(regionCode, drawId)).filter(({ kind }) => kind === 'numbers')
  const known = inLog.find((entry) => entry.digest === digest)
  if (known !== undefined) return { outcome: 'known', entry: known }
  if (draw.status !== 'COMMITTED' || draw.regionCode !== regionCode)
    throw appError('failed-precondition', 'numbers-not-awaited', { meta: { status: draw.status } })
  requireAwaited(deps, log, await readCommitment(deps.blobs, draw.commitment.blob), draw.commitment.digest, given.record)
  // What was entered stays: another entry would only stand in the way of the other unit's.
  if (inLog.some(({ record }) => isOf(record as NumbersRecord, given.record))) throw appError('failed-precondition', 'numbers-entered')
  await deps.held.put({ drawId: draw.drawId, source, unitId, request })
  const entered = await enterAgreed(deps, draw, source)
  if (entered === undefined) return { outcome: 'held', missingPages: await missingPagesOf(deps, [given.record]) }
  const own = entered.find((entry) => entry.digest === digest)
  if (own === undefined) throw new Error(`the numbers of ${unitId} for draw ${drawId} were not entered`)
  return { outcome: 'appended', entry: own }
}

const isOf = (one: NumbersRecord, other: NumbersRecord): boolean => one.source === other.source && one.unitId === other.unitId

async function keeping({ logs, witnesses }: NumbersDeps, regionCode: RegionCode): Promise<{ log: RegionLog; pinned: KeysFile }> {
  const log = await logs.head(regionCode)
  if (log === undefined) throw appError('not-found', 'region-not-served', { meta: { regionCode } })
  const pinned = witnesses.pinned(regionCode)
  if (pinned === undefined) throw appError('failed-precondition', 'witnesses-unset', { meta: { regionCode } })
  return { log, pinned }
}

/** Whether S waits for this, and it can be what S waits for. */
function requireAwaited({ clock }: NumbersDeps, log: RegionLog, { beacons }: Commitment, digest: string, typed: NumbersRecord): void {
  const wrong = (reason: string, pointer: string) => appError('failed-precondition', 'numbers-wrong', { meta: { reason, pointer } })
  if (typed.commitment !== digest) throw wrong('other-commitment', '/commitment')
  const named = beacons.find((one): one is CommittedPublicNumbers => one.kind === 'public-numbers' && one.source === typed.source)
  const definition = named && definitionIn(log, named.definition)
  if (named === undefined || definition === undefined) throw wrong('other-source', '/source')
  const now = clock()
  const fault = checkEntered(definition, named.notBefore, typed.series)
  if (fault !== undefined) throw wrong(fault.code, fault.path)
  for (const [index, { publications }] of typed.series.entries()) {
    const early = publications.findIndex(({ publishedAt }) => publishedAt > now)
    if (early >= 0) throw wrong('not-yet-published', `/series/${index}/publications/${early}/publishedAt`)
  }
}

const recordOf = ({ request }: HeldEntry): NumbersRecord => request.record as NumbersRecord

/**
 * Enters what two units typed of a source, where it is equal and its pages are here: at once when the second comes, or afterwards where the
 * process died in between. Undefined while one is missing; says where they differ.
 */
export async function enterAgreed(deps: NumbersDeps, { regionCode, drawId }: DrawIn<'COMMITTED'>, source: string) {
  const [first, second] = (await deps.held.ofDraw(drawId)).filter((one) => one.source === source)
  if (first === undefined || second === undefined) return undefined
  const pointer = differenceOf(recordOf(first).series, recordOf(second).series)
  if (pointer !== undefined) throw appError('failed-precondition', 'numbers-differ', { meta: { source, pointer } })
  if ((await missingPagesOf(deps, [recordOf(first), recordOf(second)])).length > 0) return undefined
  const { pinned } = await keeping(deps, regionCode)
  const entries = []
  for (const { request } of [first, second]) {
    const decided = await deps.logs.appendOutside(regionCode, pinned.superior, request)
    if (!decided.ok) throw outsideRefused(decided.error)
    entries.push(decided.value.entry)
  }
  await witnessLog(deps, regionCode)
  return entries
}

async function missingPagesOf({ records }: NumbersDeps, typed: readonly NumbersRecord[]): Promise<readonly string[]> {
  const named = new Set(typed.flatMap(({ series }) => series.map(({ pageDigest }) => pageDigest)))
  const missing: string[] = []
  for (const digest of named) if ((await records.blobOf(digest)) === undefined) missing.push(digest)
  return missing
}
