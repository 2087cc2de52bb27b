import { RegistryServiceService } from '@dual-random/contracts/registry'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { implement, implementPublic, type PublicCall } from '../src/index.ts'
import { type RunningServer, runningServer } from './running-server.ts'

const { getPolicy, countPool } = RegistryServiceService
let running: RunningServer
const calls: PublicCall[] = []

beforeAll(async () => {
  running = await runningServer([
    implementPublic(
      { getPolicy },
      {
        getPolicy: {
          handle: async (_request, call) => {
            calls.push(call)
            return { policy: undefined, policyJson: '{}', digest: '' }
          },
        },
      },
    ),
    implement(
      { countPool },
      { countPool: { roles: ['PLANNER'], optional: ['asOf'], handle: async () => ({ mapped: [], enterprises: 7 }) } },
    ),
  ])
})
afterAll(() => running.stop())

const anonymous = async () => {
  const { token: _token, ...context } = await running.context()
  return context
}

it('answers a public method without a token, and does not look at one that comes along', async () => {
  const client = running.client()
  await client.unary('getPolicy', { regionCode: '230300', at: '2026-03-02' }, await anonymous())
  await client.unary('getPolicy', { regionCode: '230300', at: '2026-03-02' }, { ...(await anonymous()), token: 'not a token' })
  expect(calls).toHaveLength(2)
  expect(calls.map((call) => 'principal' in call)).toEqual([false, false])
})

it('still asks for deadline and fields', async () => {
  const client = running.client()
  await expect(client.unary('getPolicy', { regionCode: '', at: '2026-03-02' }, await anonymous())).rejects.toMatchObject({
    kind: 'invalid',
  })
  await expect(
    client.unary('getPolicy', { regionCode: '230300', at: '2026-03-02' }, { ...(await anonymous()), deadline: 0 }),
  ).rejects.toMatchObject({ kind: 'deadline' })
})

it('refuses every other method without a token', async () => {
  await expect(
    running
      .client()
      .unary('countPool', { regionCode: '230300', itemCodes: ['x'], at: '2026-03-02', planYear: 2026 } as never, await anonymous()),
  ).rejects.toMatchObject({ kind: 'unauthenticated', code: 'token-missing' })
})
