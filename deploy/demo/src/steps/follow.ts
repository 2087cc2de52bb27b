import { actingUnitIds, coordinatorOf, dispatcherOf, evaluator } from '../world/accounts.ts'
import { cities } from '../world/cities.ts'
import { inParallel, until } from '../world/parallel.ts'
import type { Scenario } from './scenario.ts'

export interface FollowUp {
  readonly followUpId: string
  readonly resultId: string
  readonly taskId: string
  readonly regionCode: string
  readonly kind: 'CORRECTION' | 'CASE_CLUE' | 'LISTING' | 'OTHER'
  readonly status: 'OPEN' | 'CLOSED'
}

export interface JointTask {
  readonly jointTaskId: string
  readonly regionCode: string
  readonly drawId: string
  readonly participants: readonly { readonly unitId: string }[]
  readonly objectCount: number
  readonly status: string
}

export interface RecognisedRecord {
  readonly regionCode: string
  readonly recordId: string
  readonly issuingRegionCode: string
  readonly objectCode: string
  readonly withdrawn: boolean
}

export interface Indicators {
  readonly regionCode: string
  readonly indicators: readonly { readonly code: string; readonly numerator: number; readonly denominator: number }[]
}

const pageSize = 200

export async function followUps({ as }: Scenario, expected: number): Promise<readonly FollowUp[]> {
  return until(`${expected} follow-ups`, async () => {
    const perUnit = await inParallel(actingUnitIds, 6, (unitId) =>
      as(dispatcherOf(unitId)).list<FollowUp>(`/inspection/v1/follow-ups?limit=${pageSize}`),
    )
    const found = perUnit.flat()
    return found.length >= expected ? found.sort((a, b) => a.followUpId.localeCompare(b.followUpId)) : undefined
  })
}

const closings = {
  CORRECTION: { outcome: 'CORRECTED', decision: '示例：经复查已改正', proof: [{ description: '示例：整改照片' }] },
  CASE_CLUE: {
    outcome: 'CASE_CLOSED',
    decision: '示例：已结案',
    link: { issuedBy: '示例执法支队', identifier: '示例〔2026〕1号', date: '2026-05-01' },
  },
  LISTING: { outcome: 'NOT_LISTED', decision: '示例：不符合列异条件' },
  OTHER: { outcome: 'HANDLED', decision: '示例：已处理' },
} as const

/** Corrections and the like are closed; investigations stay open, as they do for months. */
export async function closeFollowUps({ as }: Scenario, found: readonly FollowUp[], unitOf: (taskId: string) => string): Promise<number> {
  const closable = found.filter(({ kind, status }) => status === 'OPEN' && kind !== 'CASE_CLUE')
  await inParallel(closable, 8, ({ followUpId, kind, taskId }) =>
    as(dispatcherOf(unitOf(taskId))).post(`/inspection/v1/follow-ups/${followUpId}/close`, closings[kind]),
  )
  return closable.length
}

export async function jointTasks({ as }: Scenario): Promise<readonly JointTask[]> {
  const perCity = await Promise.all(
    cities.map((city) => as(coordinatorOf(city)).list<JointTask>(`/joint/v1/joint-tasks?regionCode=${city.regionCode}&limit=${pageSize}`)),
  )
  return perCity.flat()
}

/** Waits until every joint task whose departments have all reported is completed. */
export const completedJointTasks = (scenario: Scenario): Promise<readonly JointTask[]> =>
  until('completed joint tasks', async () => {
    const found = await jointTasks(scenario)
    return found.every(({ status }) => status === 'COMPLETED') ? found : undefined
  })

/** Waits until each published result is recognised in the three other cities. */
export const recognisedRecords = ({ as }: Scenario, published: number): Promise<readonly RecognisedRecord[]> =>
  until(`${3 * published} recognised records`, async () => {
    const perCity = await Promise.all(
      cities.map((city) =>
        as(coordinatorOf(city)).list<RecognisedRecord>(`/joint/v1/recognised-records?regionCode=${city.regionCode}&limit=500`),
      ),
    )
    const found = perCity.flat()
    return found.length >= 3 * published ? found : undefined
  })

export const indicators = ({ as }: Scenario): Promise<readonly Indicators[]> =>
  Promise.all(cities.map(({ regionCode }) => as(evaluator).get<Indicators>(`/oversight/v1/indicators?regionCode=${regionCode}&year=2026`)))
