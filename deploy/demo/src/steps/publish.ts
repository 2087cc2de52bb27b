import { actingUnitIds, publisherOf } from '../world/accounts.ts'
import { groupBy } from '../world/group-by.ts'
import { inParallel, until } from '../world/parallel.ts'
import { quarters } from './quarters.ts'
import type { Scenario } from './scenario.ts'

export interface Publication {
  readonly publicationId: string
  readonly resultId: string
  readonly taskId: string
  readonly regionCode: string
  readonly unitId: string
  readonly status: string
  readonly objectCode: string
  readonly objectName: string
  readonly itemCode: string
  readonly resultType: string
  readonly dueDate?: string
  readonly overdue: boolean
  readonly publishedAt?: string
  readonly onTime?: boolean
  readonly negative?: boolean
  readonly channelReference?: string
}

const pageSize = 500

export async function allPublications({ as }: Scenario): Promise<readonly Publication[]> {
  const perUnit = await inParallel(actingUnitIds, 6, (unitId) =>
    as(publisherOf(unitId)).list<Publication>(`/publication/v1/publications?unitId=${unitId}&limit=${pageSize}`),
  )
  return perUnit.flat().sort((a, b) => a.publicationId.localeCompare(b.publicationId))
}

/** Waits until every result has its publication date. */
export const scheduledPublications = (scenario: Scenario, results: number): Promise<readonly Publication[]> =>
  until(`${results} scheduled publications`, async () => {
    const found = await allPublications(scenario)
    return found.filter(({ status }) => status !== 'waiting').length >= results ? found : undefined
  })

interface Answer {
  readonly results: readonly { readonly publicationId: string; readonly status: string; readonly reason?: string }[]
}

/** Each unit publishes its own results, and waits until the channel has confirmed them. */
export async function publish(scenario: Scenario, publications: readonly Publication[]): Promise<void> {
  const byUnit = groupBy(publications, ({ unitId }) => unitId)
  const unitDone = quarters(byUnit.size, (done) =>
    scenario.progress(`  已公示 ${done} / ${byUnit.size} 个单位的结果 / published results of ${done} of ${byUnit.size} units`),
  )
  await inParallel([...byUnit], 4, async ([unitId, own]) => {
    const publisher = scenario.as(publisherOf(unitId))
    const ids = own.map(({ publicationId }) => publicationId)
    for (let start = 0; start < ids.length; start += pageSize) {
      const answer = await publisher.post<Answer>('/publication/v1/publications/publish', {
        publicationIds: ids.slice(start, start + pageSize),
      })
      const refused = answer.results.filter(({ status }) => status === 'refused')
      if (refused.length > 0) throw new Error(`publication refused: ${JSON.stringify(refused.slice(0, 3))}`)
    }
    await until(`confirmed publications of ${unitId}`, async () => {
      const pending = await publisher.list(`/publication/v1/publications?unitId=${unitId}&status=pending&limit=${pageSize}`)
      return pending.length === 0 ? true : undefined
    })
    unitDone()
  })
}
