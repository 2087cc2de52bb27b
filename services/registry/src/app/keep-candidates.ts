import { appError } from '@dual-random/errors'
import { type Clock, canonicalJson, chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { CheckItem } from '../domain/check-item.ts'
import { itemScopes, placesWithin } from '../domain/item-scopes.ts'
import { appliedItems, canonicalSet, codesOf, type ItemSet } from '../domain/item-set.ts'
import { objectMapper } from '../domain/pool-histogram.ts'
import { type StrataField, strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import { type Candidate, type CandidatesFileDeps, candidateLine, openCandidatesFile } from './candidates-file.ts'
import type { PoolDeps } from './classified-members.ts'
import { requireItems } from './items.ts'
import { policyIfBound } from './list-publishing.ts'
import { digestOfText } from './policy-book.ts'
import { poolPass } from './pool-pass.ts'
import type { Caller, PlanCandidates, PlanCandidatesStore } from './ports.ts'

export interface KeepCandidatesDeps extends PoolDeps, CandidatesFileDeps {
  readonly planCandidates: PlanCandidatesStore
  readonly clock: Clock
}

/** For which plan candidates are kept, and on which sets of items. */
export interface CandidatesAsked {
  readonly planId: string
  readonly regionCode: RegionCode
  readonly asOf: Instant
  /** None of them empty. */
  readonly sets: readonly ItemSet[]
}

/** A set whose candidates are to be kept. */
type CandidateSet = Pick<PlanCandidates, 'id' | 'itemCodes' | 'scoped'>

/** Files that one pass writes beside each other. Each holds a chunk of its upload (255 KiB) and the lines that wait for a part: together less than 100 MB, however large the pool. */
const setsPerPass = 250

/**
 * Keeps who could be drawn by the lines of a plan when the plan was settled, each with its grade, where that comes from and as of when (CRD-21):
 * a record and a file for each set of items, in the order of the sets, and one pass of the pool for all of them, or for every 250. The same plan, items
 * and instant are the same record, whatever was registered since, and whichever sets are asked for beside them; so what broke off is asked for
 * again as it was. A signal ends the work where nobody waits for it any more.
 */
export async function keepCandidates(
  deps: KeepCandidatesDeps,
  caller: Caller,
  asked: CandidatesAsked,
  signal?: AbortSignal,
): Promise<readonly PlanCandidates[]> {
  const { planId, regionCode, asOf } = asked
  const sets = asked.sets.map((each): CandidateSet => {
    const set = canonicalSet(each)
    return { id: digestOfText(canonicalJson({ planId, regionCode, ...set, asOf })), ...set }
  })
  const ids = [...new Set(sets.map(({ id }) => id))]
  const known = await deps.planCandidates.getMany(ids)
  const missing = [...new Map(sets.filter(({ id }) => !known.has(id)).map((set) => [set.id, set])).values()]
  if (missing.length > 0) {
    const then = await inForceThen(deps, asked, missing)
    for (let start = 0; start < missing.length; start += setsPerPass)
      await keepInOnePass(deps, caller, asked, { ...then, sets: missing.slice(start, start + setsPerPass) }, signal)
  }
  const kept = missing.length === 0 ? known : await deps.planCandidates.getMany(ids)
  return sets.map(({ id }) => kept.get(id) as PlanCandidates)
}

export async function requireCandidates(store: PlanCandidatesStore, id: string): Promise<PlanCandidates> {
  const found = await store.get(id)
  if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '计划候选名单', id } })
  return found
}

interface Passing {
  readonly sets: readonly CandidateSet[]
  readonly items: ReadonlyMap<string, CheckItem>
  readonly policy: Policy | undefined
}

/** What was in force when the plan was settled; every item must be (REG-13). */
async function inForceThen(
  { checkItemLists, book }: KeepCandidatesDeps,
  { regionCode, asOf }: CandidatesAsked,
  sets: readonly CandidateSet[],
) {
  const date = chinaDateOf(asOf)
  const codes = sets.flatMap((set) => codesOf(wholeSet(set)))
  const items = await requireItems(checkItemLists, regionCode, date, codes)
  return { items: new Map<string, CheckItem>(items.map((item) => [item.code, item])), policy: await policyIfBound(book, regionCode, date) }
}

const wholeSet = ({ itemCodes, scoped = [] }: Pick<CandidateSet, 'itemCodes' | 'scoped'>): ItemSet => ({ itemCodes, scoped })

async function keepInOnePass(
  deps: KeepCandidatesDeps,
  { subject: keptBy, unitId }: Caller,
  { planId, regionCode, asOf }: CandidatesAsked,
  { sets, items, policy }: Passing,
  signal: AbortSignal | undefined,
): Promise<void> {
  const itemsOf = sets.map((set) => appliedItems(wholeSet(set), items))
  const { applicabilities, bitsOf } = itemScopes(itemsOf.flat())
  const { fits: fitsOf, isOfEnterprises } = objectMapper(applicabilities, { regionCode, asOf })
  const objects = deps.objects.coded(regionCode, applicabilities)
  const strata = policy?.find('draw.professionalStrata') ?? []
  const fields = itemsOf.map((own) => strataFieldOf(strata, own))
  const files = sets.map(({ id }) => openCandidatesFile(deps, id))
  const filesOf = placesWithin(itemsOf.map(bitsOf))
  try {
    for await (const members of poolPass(deps, { objects, fitsOf, instants: [{ policy, asOf }] })) {
      if (signal?.aborted === true) throw appError('deadline', 'deadline-exceeded')
      for (const {
        object,
        fits,
        record,
        isWhiteListed: [isWhiteListed = false],
      } of members) {
        const candidateIn = onceEach((field: StrataField | undefined): Candidate => {
          const stratifying = stratifyingResultAt(record, field, asOf)
          const line = candidateLine(object.objectCode, stratifying?.result)
          return { line, stratifying, isWhiteListed, isEnterprise: isOfEnterprises(object) }
        })
        for (const place of filesOf(fits)) files[place]?.add(candidateIn(fields[place]))
      }
      for (const file of files) await file.write()
    }
    const kept: PlanCandidates[] = []
    for (const [place, set] of sets.entries()) {
      const written = await files[place]?.finish()
      if (written !== undefined) kept.push({ ...set, planId, regionCode, asOf, unitId, ...written, keptBy, keptAt: deps.clock() })
    }
    await deps.planCandidates.insertMissing(kept)
  } catch (thrown) {
    await Promise.all(files.map((file) => file.abort()))
    throw thrown
  }
}

/** Sets whose strata go by the same field share what is made for it. */
function onceEach<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
