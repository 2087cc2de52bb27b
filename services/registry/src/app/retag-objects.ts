import { addMs, canonicalJson } from '@dual-random/kernel'
import { type CheckObject, currentContent, originOf, type Retag } from '../domain/check-object.ts'
import { withVersion } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { type RowChange, writeRows } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import type { Claims, Marks } from './ports.ts'
import { readTagging, type TaggingDeps } from './tagging.ts'

export interface RetagDeps extends TaggingDeps {
  readonly claims: Claims
  readonly marks: Marks
  readonly ids: KeyedIds
}

const batchSize = 500
/** A copy that takes this on has it alone for this long; one that crashed loses it then. Two at once would only do the same twice. */
const leaseMs = 600_000
const job = 'tag-rules'

/**
 * Applies the rules to every object they may concern, once after each change of a rule or of the lists in force (REG-27). Changes of objects
 * do not wait for this: they are tagged in the write that changes them.
 */
export async function retagObjects(deps: RetagDeps, signal: AbortSignal): Promise<void> {
  const { claims, marks, clock } = deps
  const now = clock()
  if ((await readTagging(deps)).fingerprint === ((await marks.get(job)) ?? '')) return
  if (!(await claims.take(job, now, addMs(now, leaseMs)))) return
  try {
    const { retag, fingerprint, regions } = await readTagging(deps)
    for (const region of regions) {
      let batch: CheckObject[] = []
      for await (const object of deps.objects.inRegion(region)) {
        if (signal.aborted) return
        if (isTaggedOtherwise(object, retag)) batch.push(object)
        if (batch.length < batchSize) continue
        await writeBatch(deps, batch, retag, fingerprint)
        batch = []
      }
      await writeBatch(deps, batch, retag, fingerprint)
    }
    await marks.set(job, fingerprint)
  } finally {
    await claims.release(job)
  }
}

const isTaggedOtherwise = (object: CheckObject, retag: Retag): boolean => {
  const content = currentContent(object)
  return canonicalJson(retag(object.unitId, content)) !== canonicalJson(content)
}

async function writeBatch({ objects, ids, clock }: RetagDeps, batch: readonly CheckObject[], retag: Retag, load: string): Promise<void> {
  const changes = batch.map(
    ({ objectId }, line): RowChange<CheckObject> => ({
      line,
      id: objectId,
      decide: (state, at) => {
        if (state === undefined || !isTaggedOtherwise(state, retag)) return { outcome: 'unchanged' }
        const origin = { ...originOf(state), load, importId: '' }
        const next = { ...state, timeline: withVersion(state.timeline, at, origin, retag(state.unitId, currentContent(state))) }
        return { outcome: 'changed', state: next, events: [objectEvent(ids, 'changed', next)] }
      },
    }),
  )
  await writeRows(objects, changes, clock)
}
