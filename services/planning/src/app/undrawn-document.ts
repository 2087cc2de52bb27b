import { assertNever } from '@dual-random/kernel'
import { type PublishedUndrawnLine, type UndrawnDocument, undrawnNotice, writeObjectMarks } from '@dual-random/tables'
import { marksOf } from '../domain/import/scope-marks.ts'
import type { Plan, PlanVersion } from '../domain/plan.ts'
import type { Problem, SpecialCheckMeans, UndrawnKind, UndrawnLine, UndrawnRule } from '../domain/undrawn-line.ts'
import { type Names, titleOf, versionRemark } from './plan-document.ts'

/** What a ground of policy `exemptFromJoint` is called; a ground that policy no longer has stands for itself. */
export type GroundName = (ground: string) => string

const kindNames = {
  KEY_SUPERVISION: '重点监管',
  SPECIAL_CHECK: '专项检查',
  FULL_COVERAGE_PATROL: '“全覆盖”式巡查',
  CAMPAIGN: '专项整治（行动）',
} as const satisfies Readonly<Record<UndrawnKind, string>>

const ruleNames = {
  SPECIAL_CHECK_IN_LISTED_FIELD: '抽查事项已覆盖的领域原则上不再专项检查、巡查',
  CHECK_WITHOUT_DRAW: '日常检查原则上经抽取进行',
} as const satisfies Readonly<Record<UndrawnRule, string>>

/** The checks of a version that are not drawn, as a document for people: everything that the lines have, by name, but who entered it. */
export const undrawnDocument = (plan: Plan, version: PlanVersion, names: Names, ground: GroundName): UndrawnDocument => ({
  title: `${titleOf(plan, names)}：不经抽取的检查`,
  publisher: names.unit(plan.unitId),
  lines: (version.undrawn ?? []).map((line) => lineOf(line, version, names, ground)),
  remarks: [versionRemark(plan, version)],
})

/** What the table of the drawn lines says of the others, and where they stand; nothing where there are none. */
export function undrawnNotices({ undrawn = [] }: PlanVersion, where: string): readonly string[] {
  if (undrawn.length === 0) return []
  const kinds = Object.entries(kindNames).flatMap(([kind, name]) => {
    const count = undrawn.filter((line) => line.kind === kind).length
    return count === 0 ? [] : [`${name}${count}项`]
  })
  return [undrawnNotice(undrawn.length, kinds.join('、'), where)]
}

function lineOf(line: UndrawnLine, version: PlanVersion, names: Names, ground: GroundName): PublishedUndrawnLine {
  const { matter, problem, jointException, initiatorUnitId } = line
  return {
    lineId: line.lineId,
    kind: kindNames[line.kind],
    taskName: line.taskName,
    field: line.field,
    objectScope: line.objectScope,
    objectMarks: writeObjectMarks(marksOf({ ...line.objects, regionCodes: [] })),
    itemNames: line.itemCodes.map(names.item),
    window: line.window,
    initiator: names.unit(initiatorUnitId),
    participants: line.unitIds.filter((unitId) => unitId !== initiatorUnitId).map(names.unit),
    matter: matter === undefined ? '' : `${matter.name}（清单 ${matter.listId} 第 ${matter.listVersion} 版，编号 ${matter.matterId}）`,
    stages: matter?.stages ?? [],
    basis: line.basis ?? '',
    problem: problem === undefined ? '' : problemText(problem),
    means: problem === undefined ? '' : meansText(problem.means, version),
    coveredBy: line.coveredBy.map(names.item),
    jointException: jointException === undefined ? '' : `${ground(jointException.ground)}（${jointException.basis}）`,
    reasons: line.reasons
      .map(({ rule, reason, legalBasis }) => `${ruleNames[rule]}：${reason}${legalBasis === undefined ? '' : `（${legalBasis}）`}`)
      .join('；'),
  }
}

const problemText = ({ trigger, description }: Problem): string => `${trigger.text}：${description}`

function meansText(means: SpecialCheckMeans, { lines }: PlanVersion): string {
  if ('lineId' in means) {
    const number = lines.findIndex(({ lineId }) => lineId === means.lineId) + 1
    const taskName = lines[number - 1]?.taskName
    return taskName === undefined ? `由本计划 ${means.lineId} 的抽取进行` : `由本计划抽查事项第 ${number} 项“${taskName}”的抽取进行`
  }
  if ('clueTaskId' in means) return `由线索任务 ${means.clueTaskId} 的抽取进行`
  if ('similar' in means) return means.similar
  return assertNever(means)
}
