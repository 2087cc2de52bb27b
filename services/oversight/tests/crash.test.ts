import type { TransportRecord } from '@dual-random/messaging'
import { api, eventually, type ServiceChild, startChild, testScope } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { broker } from './support/broker.ts'
import { city, factsBy, topics, unit } from './support/facts.ts'
import { registryPeer } from './support/registry-peer.ts'

const main = new URL('../src/main.ts', import.meta.url)
const resultCount = 5000
const completedAt = '2026-04-10T09:00:00.000Z'

/** Every kind of outcome in a share of its own, so that a lost or doubled event of any topic shows. */
function yearOf(facts: ReturnType<typeof factsBy>): TransportRecord[] {
  const records: TransportRecord[] = []
  for (let index = 0; index < resultCount; index++) {
    const resultId = `r${index}`
    const problem = index % 10 === 0
    if (index % 2 === 0) records.push(...facts.task(`t${index}`, { visitId: `v${index % 4000}`, joint: index % 6 === 0, completedAt }))
    records.push(...facts.result(resultId, { problem }))
    if (problem) records.push(...facts.followUp(resultId, { closed: index % 20 === 0 }))
    records.push(...facts.publication(resultId, index % 50 === 1 ? { exempt: true } : { published: index % 8 === 0 ? 'late' : 'on-time' }))
  }
  return records
}

const expected = {
  // 2,500 tasks on 2,000 visits: those with an index from 4,000 on join an earlier visit.
  CHECK_VISIT_SHARE: [2000, 2000],
  JOINT_SUPERVISION_RATE: [834, 2500],
  ON_TIME_PUBLICATION_RATE: [4275, 4900],
  PROBLEM_HANDLING_RATE: [250, 500],
}

describe('a service killed in the middle of the year', () => {
  it('design §5 loses and doubles nothing of 5,000 results', { timeout: 170_000 }, async () => {
    await using scope = await testScope('oversight')
    await scope.createTopics(topics)
    const registry = await registryPeer(scope.issuer)
    registry.bind(city, policyOf('local/four-coal-cities'))
    const bus = await broker(scope, [])
    const token = await scope.issuer.token({ subject: 'zhao.liu', unitId: unit, regionCode: city, roles: ['EVALUATOR'] })
    const indicators = async ({ httpPort }: ServiceChild): Promise<Readonly<Record<string, readonly [number, number]>>> => {
      const { body } = await api(`http://127.0.0.1:${httpPort}`, token).get<{
        indicators: readonly { code: string; numerator: number; denominator: number }[]
      }>(`/v1/indicators?regionCode=${city}&year=2026`)
      return Object.fromEntries(body.indicators.map(({ code, numerator, denominator }) => [code, [numerator, denominator]]))
    }
    const applied = async (child: ServiceChild): Promise<number> => (await indicators(child))['ON_TIME_PUBLICATION_RATE']?.[1] ?? 0

    let child = await startChild(main, { ...scope.env, DR_REGISTRY_GRPC: registry.address })
    const year = yearOf(factsBy(bus.tell))
    await bus.send(year)
    const before = await eventually(
      async () => {
        const count = await applied(child)
        expect(count).toBeGreaterThan(1000)
        return count
      },
      { timeoutMs: 60_000 },
    )
    await child.kill()
    expect(before).toBeLessThan(expected.ON_TIME_PUBLICATION_RATE[1] ?? 0)

    child = await startChild(main, { ...scope.env, DR_REGISTRY_GRPC: registry.address })
    await eventually(async () => expect(await indicators(child)).toMatchObject(expected), { timeoutMs: 90_000, everyMs: 250 })

    // All of it once more, as a producer resends what it saw no answer for; the result after it says when it was read.
    await bus.send([...year.filter((_, index) => index % 3 === 0), ...factsBy(bus.tell).publication('sentinel', { published: 'on-time' })])
    const withSentinel = { ...expected, ON_TIME_PUBLICATION_RATE: [4276, 4901] }
    await eventually(async () => expect(await indicators(child)).toMatchObject(withSentinel), { timeoutMs: 30_000, everyMs: 250 })
    await child.kill()
    await bus.close()
    await registry.close()
  })
})
