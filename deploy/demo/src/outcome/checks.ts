import { isProven } from '../steps/plan-proofs.ts'
import type { CityRegister } from '../steps/scenario.ts'
import type { Year } from '../steps/year.ts'
import { groupBy } from '../world/group-by.ts'
import { applicableItems } from './applicable-items.ts'
import { type Check, check } from './check.ts'
import type { AppliedEvents } from './marks.ts'
import { plannedPools } from './pools.ts'

/** Grade bands of 001 二(三)一要 for general items, in hundredths. */
const bands = { A: [1, 3], B: [3, 5], C: [20, 50], D: [50, 100] } as const

export const runChecks = (year: Year, applied: AppliedEvents): readonly Check[] => [
  check('every event applied by every subscribing group', '每个事件都被每个订阅方处理', applied.pairs, applied.missing),
  ...[
    rejectedRows,
    plannedPools,
    plansOnChannels,
    applicableItems,
    oneVisit,
    noRecusedPair,
    withinBands,
    followedUp,
    deadlines,
    allPublished,
    recognisedEverywhere,
  ].map((each) => each(year)),
]

function rejectedRows({ registers }: Year): Check {
  const failures = registers.cities.flatMap(({ city, register }) => {
    const report = registers.objects.find(({ regionCode }) => regionCode === city.regionCode)?.report ?? ''
    const named = new Set(report.split('\n').map((line) => line.split(',')[0]?.replaceAll('"', '') ?? ''))
    const notNamed = register.broken
      .filter(({ line }) => !named.has(String(line)))
      .map(({ line, fault }) => `${city.name} 第 ${line} 行（${fault}）未列出`)
    const lines = new Set(register.broken.map(({ line }) => String(line)))
    const tooMany = [...named].filter((line) => /^\d+$/.test(line) && !lines.has(line)).map((line) => `${city.name} 第 ${line} 行被误退`)
    return [...notNamed, ...tooMany]
  })
  return check(
    'the import reports name exactly the broken rows',
    '导入报告列出且只列出错误行',
    registers.cities.reduce((sum, { register }) => sum + register.broken.length, 0),
    failures,
  )
}

function plansOnChannels({ plans }: Year): Check {
  const failures = plans.filter((plan) => !isProven(plan)).map(({ planId }) => planId)
  return check('every published plan is on the publicity system', '每个公布的计划都已在公示系统公示', plans.length, failures)
}

function oneVisit({ tasks }: Year): Check {
  const groups = groupBy(tasks, ({ object, mergeWindowId }) => `${object.code} ${mergeWindowId}`)
  const failures = [...groups]
    .filter(([, group]) => new Set(group.map(({ visitId }) => visitId)).size > 1)
    .map(([key]) => `${key} 有多次上门`)
  return check('every drawn object is visited once per merge window', '同一窗口内同一对象只上门一次', groups.size, failures)
}

function noRecusedPair({ tasks, registers }: Year): Check {
  const recused = new Set(registers.cities.flatMap(recusedPairs))
  const pairs = tasks.flatMap((task) => task.team.members.map(({ subject }) => `${subject} ${task.object.code}`))
  return check(
    'no recused inspector is matched',
    '没有应回避的人员被匹配',
    pairs.length,
    pairs.filter((pair) => recused.has(pair)),
  )
}

const recusedPairs = ({ inspectors }: CityRegister): readonly string[] =>
  inspectors.flatMap(({ subject, row }) =>
    (row[6] ?? '').split('；').flatMap((entry) => (entry === '无' ? [] : [`${subject} ${entry.split('=')[0]}`])),
  )

function withinBands({ draws, plans }: Year): Check {
  const internal = new Set(plans.filter(({ planType }) => planType === 'INTERNAL').map(({ planId }) => planId))
  const strata = draws
    .filter(({ planId }) => internal.has(planId))
    .flatMap(({ drawId, strata: each }) => each.map((stratum) => ({ drawId, ...stratum })))
  const graded = strata.flatMap((each) => (each.stratum in bands ? [{ ...each, band: bands[each.stratum as keyof typeof bands] }] : []))
  const failures = graded
    .filter(
      ({ drawn = 0, mapped, eligible, band: [low, high], overshoot }) =>
        (drawn * 100 < low * mapped && drawn < eligible) || (drawn * 100 > high * mapped && overshoot !== true),
    )
    .map(({ drawId, stratum, drawn, mapped }) => `${drawId} ${stratum}: ${drawn}/${mapped}`)
  return check('per-grade counts lie within the bands or are flagged', '各等级抽取数在区间内或已标注', graded.length, failures)
}

function followedUp({ results, followUps }: Year): Check {
  const opened = new Set(followUps.map(({ resultId }) => resultId))
  const problems = results.filter(({ opensFollowUp }) => opensFollowUp)
  return check(
    'every problem has a follow-up',
    '每个问题都有后续处置',
    problems.length,
    problems.filter(({ resultId }) => !opened.has(resultId)).map(({ resultId }) => resultId),
  )
}

function deadlines({ publications, tasks, lastDay, dayAfter }: Year): Check {
  const of = (id: string) => publications.find(({ publicationId }) => publicationId === id)
  const onTime = of(lastDay)
  const late = of(dayAfter)
  const lateTask = tasks.find(({ taskId }) => taskId === late?.taskId)
  const failures = [
    ...(onTime?.onTime === true && !onTime.overdue ? [] : [`${lastDay}: 第 20 个工作日公示应为按时`]),
    ...(late?.onTime === false && late.overdue ? [] : [`${dayAfter}: 第 21 个工作日公示应为逾期`]),
    ...(lateTask?.notCompleted?.reason === 'PUBLICATION_MISSING' ? [] : [`${late?.taskId}: 逾期任务应标为未完成`]),
  ]
  return check('working day 20 is on time, working day 21 is late', '第 20 个工作日按时，第 21 个工作日逾期', 2, failures)
}

function allPublished({ publications, results }: Year): Check {
  const published = new Set(publications.filter(({ status }) => status === 'published').map(({ resultId }) => resultId))
  return check(
    'every result is public',
    '每个结果都已公示',
    results.length,
    results.filter(({ resultId }) => !published.has(resultId)).map(({ resultId }) => resultId),
  )
}

function recognisedEverywhere({ publications, recognised }: Year): Check {
  const receivers = groupBy(recognised, ({ recordId }) => recordId)
  const failures = publications
    .filter(
      ({ resultId, regionCode }) =>
        (receivers.get(`rec-${resultId}`) ?? []).filter((record) => record.regionCode !== regionCode).length !== 3,
    )
    .map(({ resultId }) => `rec-${resultId}`)
  return check(
    'every published result is recognised in the three other cities',
    '每个公示结果在其他三市互认',
    publications.length,
    failures,
  )
}
