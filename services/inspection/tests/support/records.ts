import type {
  DrawId,
  InspectorId,
  Instant,
  ItemCode,
  LineId,
  LocalDate,
  ObjectId,
  PlanId,
  RegionCode,
  TaskId,
  UnitId,
  VisitId,
} from '@dual-random/kernel'
import { judgeEntry } from '../../src/domain/judge-entry.ts'
import type { CheckResult, ResultEntry } from '../../src/domain/result.ts'
import type { LateEffect } from '../../src/domain/rules.ts'
import { dispatchTask, type NewTask, type Task } from '../../src/domain/task.ts'
import type { Visit } from '../../src/domain/visit.ts'
import { fourCities, valueOf } from './policies.ts'

export const at = (text: string): Instant => text as Instant
export const day = (text: string): LocalDate => text as LocalDate
export const item = (text: string): ItemCode => text as ItemCode

/** Dispatched on 1 April 2026 for a window that ends with the month. */
export const newTask: NewTask = {
  taskId: 't1' as TaskId,
  taskNumber: '2303002026-N-scj-L01B1-00001-01',
  regionCode: '230300' as RegionCode,
  unitId: '230300-scj' as UnitId,
  organiserUnitId: '230300-scj' as UnitId,
  drawId: 'd1' as DrawId,
  label: 'aa',
  planId: 'plan-230300-2026-INTERNAL-230300-scj' as PlanId,
  lineId: 'L01' as LineId,
  planType: 'INTERNAL',
  batch: 1,
  taskName: '登记事项检查',
  window: { start: day('2026-04-01'), end: day('2026-04-30') },
  mergeWindowId: '230300-2026-W01',
  visitId: 'v1' as VisitId,
  policyDigest: 'policy-1',
  object: {
    objectId: 'o1' as ObjectId,
    code: '91230300MA18XXXX0A',
    name: '鸡西市兴达煤矿机械有限公司',
    kind: 'ENTERPRISE',
    address: '鸡西市鸡冠区示例路1号',
    industry: 'C3511',
    grade: 'C',
    tags: [],
  },
  items: [
    { itemCode: item('SCJG-01'), itemName: '营业执照规范使用情况的检查' },
    { itemCode: item('SCJG-02'), itemName: '经营范围中无需审批的经营项目的检查' },
  ],
  team: {
    drawId: 'd1' as DrawId,
    members: [
      { inspectorId: 'i1' as InspectorId, label: 'l1', name: '张三', unitId: '230300-scj' as UnitId, subject: 'zhang.san', leader: true },
      { inspectorId: 'i2' as InspectorId, label: 'l2', name: '李四', unitId: '230300-scj' as UnitId, subject: 'li.si', leader: false },
    ],
    short: false,
    experts: [],
  },
}

export const taskWith = (lateEffect: LateEffect): Task =>
  dispatchTask({ ...newTask, ...(lateEffect === undefined ? {} : { lateEffect }) }, at('2026-04-01T01:00:00.000Z'), 1).task

export const task: Task = taskWith('ENTRY_OR_PUBLICATION_MISSING')

export const entry: ResultEntry = {
  itemCode: item('SCJG-01'),
  resultType: 'NO_PROBLEM',
  methods: ['ON_SITE'],
  recordForm: { form: 'SCJG-JC-01/2024', entries: [{ point: '营业执照公示', finding: '符合要求' }] },
}

/** The result of an entry on 8 April 2026, which must be good. */
export const resultOf = (changes: Partial<ResultEntry> = {}, now = '2026-04-08T02:00:00.000Z', of: Task = task): CheckResult =>
  valueOf(judgeEntry({ ...entry, ...changes }, { policy: fourCities, task: of, by: 'zhang.san', now: at(now) }))

export const visit = (visitId: string, changes: Partial<Visit> = {}): Visit => ({
  visitId: visitId as VisitId,
  regionCode: '230300' as RegionCode,
  ownerUnitId: '230300-scj' as UnitId,
  unitIds: ['230300-scj' as UnitId],
  objectId: 'o1' as ObjectId,
  objectCode: '91230300MA18XXXX0A',
  objectName: '鸡西市兴达煤矿机械有限公司',
  mergeWindowId: '230300-2026-W01',
  windows: [newTask.window],
  ...changes,
})
