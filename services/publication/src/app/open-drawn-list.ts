import { appError } from '@dual-random/errors'
import { type Clock, chinaDateOf, type DrawId, type Instant } from '@dual-random/kernel'
import { keyLabel, type WorkingDayCounter } from '@dual-random/policy'
import { type DrawnList, type ListRules, listRules } from '../domain/drawn-list.ts'
import { openSubject, replaceSubject, subjectIdOf } from '../domain/drawn-subject.ts'
import type { Publication } from '../domain/publication.ts'
import type {
  DescribeDrawn,
  DrawnByRegion,
  DrawnLists,
  DrawnObjects,
  DrawnSubjects,
  FindPolicy,
  Publications,
  ReplacedObjects,
} from './ports.ts'

export interface DrawnListDependencies {
  readonly lists: DrawnLists
  readonly subjects: DrawnSubjects
  readonly publications: Publications
  readonly findPolicy: FindPolicy
  readonly describeDrawn: DescribeDrawn
  readonly drawnObjects: DrawnObjects
  readonly drawnByRegion: DrawnByRegion
  readonly replacedObjects: ReplacedObjects
  readonly workingDays: WorkingDayCounter
  readonly systemClock: Clock
}

export type MatchedDraw = Omit<DrawnList, 'taskName' | 'rules' | 'organiserRegionCode'> & { readonly ofSeveralCities: boolean }

const recordsAtOnce = 256

/**
 * Opens the list of a matched draw in each of its cities whose policy has lists published (DRW-27, DRW-26). A list is written before the completed checks
 * are looked for, and a completed check before its list is: of two at once, one sees the other. Throws `policy-unset` naming a needed key.
 */
export async function openDrawnList(dependencies: DrawnListDependencies, draw: MatchedDraw): Promise<void> {
  for (const list of await listsOf(dependencies, draw)) {
    if (list.rules.timing === 'BEFORE_VISIT') await publishWhole(dependencies, list)
    else await addAllChecked(dependencies, list)
  }
}

/** Those that policy has published, opened where they are not yet. */
async function listsOf(dependencies: DrawnListDependencies, { ofSeveralCities, ...draw }: MatchedDraw): Promise<readonly DrawnList[]> {
  const { lists, describeDrawn, drawnByRegion } = dependencies
  const { cities } = ofSeveralCities ? await describeDrawn(draw) : { cities: [] }
  const others = cities.map((city) => ({ ...city, organiserRegionCode: draw.regionCode }))
  let counted: ReadonlyMap<string, number> | undefined
  const opened: DrawnList[] = []
  for (const place of [{ regionCode: draw.regionCode, unitId: draw.unitId }, ...others]) {
    const known = await lists.load(draw.drawId, place.regionCode)
    if (known !== undefined) {
      opened.push(known)
      continue
    }
    const rules = await rulesFor(dependencies, place.regionCode, draw.matchedAt)
    if (rules === undefined) continue
    const { taskName } = await describeDrawn(draw)
    if (ofSeveralCities) counted ??= await drawnByRegion(draw.drawId)
    const drawn = counted === undefined ? draw.drawn : (counted.get(place.regionCode) ?? 0)
    opened.push(await lists.open({ ...draw, ...place, drawn, taskName, rules }))
  }
  return opened
}

async function addAllChecked(dependencies: DrawnListDependencies, list: DrawnList): Promise<void> {
  let after: string | undefined
  do {
    const found = await dependencies.publications.ofDraw(list.drawId, { limit: recordsAtOnce, after })
    for (const publication of found.filter(({ regionCode }) => regionCode === list.regionCode))
      await addChecked(dependencies, list, publication)
    after = found.at(-1)?.publicationId
  } while (after !== undefined)
}

/** Adds the subject of a completed check to the list of its draw in its region, if there is one; before that it is not on it (DRW-34, SEC-05). */
export async function listCheckedSubject(dependencies: DrawnListDependencies, publication: Publication | undefined): Promise<void> {
  const drawId = publication?.content?.drawId
  if (publication?.content === undefined || publication.end === undefined || drawId === undefined) return
  const list = await dependencies.lists.load(drawId, publication.regionCode)
  if (list?.rules.timing === 'AFTER_VISIT') await addChecked(dependencies, list, publication)
}

/**
 * A redraw replaced subjects of a draw. Of a list that is published after the visits they never are, as nobody visits them; of one that was
 * published before they are marked. Throws `drawn-list-unknown` while such a list has not been opened yet.
 */
export async function replaceDrawnSubjects(
  dependencies: DrawnListDependencies,
  task: { readonly drawId: DrawId; readonly regionCode: string; readonly redrawId: DrawId; readonly withdrawnAt: Instant },
): Promise<void> {
  const { lists, subjects, replacedObjects, systemClock } = dependencies
  const { drawId, redrawId, withdrawnAt } = task
  const list = await lists.load(drawId, task.regionCode)
  const rules = list?.rules ?? (await rulesFor(dependencies, task.regionCode, withdrawnAt))
  if (rules?.timing !== 'BEFORE_VISIT') return
  const unknown = appError('failed-precondition', 'drawn-list-unknown', { meta: { drawId } })
  if (list === undefined) throw unknown
  for (const { objectId } of (await replacedObjects(redrawId)).filter((each) => each.drawId === drawId)) {
    const marked = await subjects.change(subjectIdOf(drawId, objectId), (subject) =>
      replaceSubject(subject, { redrawId, at: withdrawnAt }, systemClock()),
    )
    if (marked === undefined) throw unknown
  }
}

async function rulesFor({ findPolicy }: DrawnListDependencies, regionCode: string, at: Instant): Promise<ListRules | undefined> {
  const { policy, digest } = await findPolicy(regionCode as DrawnList['regionCode'], chinaDateOf(at))
  const rules = listRules(policy, digest)
  if (rules.ok) return rules.value
  throw appError('failed-precondition', 'policy-unset', { meta: { preset: rules.error.preset, key: keyLabel(rules.error.key) } })
}

async function publishWhole(dependencies: DrawnListDependencies, list: DrawnList): Promise<void> {
  const { subjects, drawnObjects, workingDays: counter, systemClock } = dependencies
  for await (const objects of drawnObjects(list.drawId, list.regionCode)) {
    const retryAt = systemClock()
    await subjects.open(objects.map((object) => openSubject(list, { object, openedAt: list.matchedAt, counter, retryAt })))
  }
}

async function addChecked(
  { subjects, workingDays: counter, systemClock }: DrawnListDependencies,
  list: DrawnList,
  { content, end, unitId }: Publication,
): Promise<void> {
  if (content === undefined || end === undefined) return
  const { objectId, objectCode, objectName, objectKind } = content
  const { taskCompletedAt, objectCheckEndedAt } = end
  const visit = { unitId, checkedOn: chinaDateOf(objectCheckEndedAt), completedAt: taskCompletedAt }
  const object = { objectId, objectCode, objectName, objectKind }
  await subjects.open([openSubject(list, { object, openedAt: taskCompletedAt, visit, counter, retryAt: systemClock() })])
}
