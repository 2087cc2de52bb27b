import { createHash } from 'node:crypto'
import { appError } from '@dual-random/errors'
import { type Clock, canonicalJson, utf8 } from '@dual-random/kernel'
import { type ClassifiedMember, classifiedMembers, gradeTally, type PoolAsked, type PoolDeps } from './classified-members.ts'
import { digestOfText } from './policy-book.ts'
import type { Blobs, Caller, PlanCandidates, PlanCandidatesStore, Sealer } from './ports.ts'
import { openParts, sealParts } from './sealed-parts.ts'

export interface KeepCandidatesDeps extends PoolDeps {
  readonly planCandidates: PlanCandidatesStore
  readonly blobs: Blobs
  readonly sealer: Sealer
  readonly clock: Clock
}

/** For which plan candidates are kept, and which. */
export interface CandidatesAsked extends PoolAsked {
  readonly planId: string
}

/**
 * Keeps who could be drawn by a line of a plan when the plan was settled, each with its grade, where that comes from and as of when (CRD-21).
 * The same plan, items and instant are the same record, whatever was registered since.
 */
export async function keepCandidates(deps: KeepCandidatesDeps, caller: Caller, asked: CandidatesAsked): Promise<PlanCandidates> {
  const itemCodes = [...new Set(asked.itemCodes)].sort()
  const { planId, regionCode, asOf } = asked
  const id = digestOfText(canonicalJson({ planId, regionCode, itemCodes, asOf }))
  const known = await deps.planCandidates.get(id)
  if (known !== undefined) return known
  const tally = gradeTally()
  const hash = createHash('sha256')
  async function* lines(): AsyncGenerator<Uint8Array> {
    for await (const members of classifiedMembers(deps, { regionCode, itemCodes, asOf })) {
      for (const member of members) tally.add(member)
      const part = utf8(members.map(candidateLine).join(''))
      hash.update(part)
      yield part
    }
  }
  const blob = await deps.blobs.put(sealParts(deps.sealer, purposeOf(id), lines()))
  const { subject: keptBy, unitId } = caller
  const byGrade = tally.byGrade()
  const digest = hash.digest('hex')
  const kept = { id, planId, regionCode, itemCodes, asOf, unitId, byGrade, digest, blob, keptBy, keptAt: deps.clock() }
  if (await deps.planCandidates.insert(kept)) return kept
  return (await deps.planCandidates.get(id)) as PlanCandidates
}

/** The kept lines, part by part: canonical JSON `{"grade":{"asOf","source","value"}|null,"id"}`, `id` the object's code. */
export async function* candidateLines(
  { blobs, sealer }: Pick<KeepCandidatesDeps, 'blobs' | 'sealer'>,
  { id, blob, digest }: PlanCandidates,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const part of openParts(sealer, purposeOf(id), blobs.get(blob))) {
    hash.update(part)
    yield part
  }
  if (hash.digest('hex') !== digest) throw new Error(`the candidates ${id} are not those that were kept`)
}

export async function requireCandidates(store: PlanCandidatesStore, id: string): Promise<PlanCandidates> {
  const found = await store.get(id)
  if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '计划候选名单', id } })
  return found
}

const purposeOf = (id: string): string => `plan-candidates ${id}`

/** The result itself, as its system gave it, also where it counts as another grade. */
const candidateLine = ({ member, stratifying }: ClassifiedMember): string => {
  const { result } = stratifying ?? {}
  const grade = result === undefined ? null : { value: result.grade, source: result.source, asOf: result.asOf }
  return `${canonicalJson({ id: member.object.objectCode, grade })}\n`
}
