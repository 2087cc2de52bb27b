import { type GetPolicyRequest, ObjectOpening, RegistryServiceClient, RegistryServiceService } from '@dual-random/contracts/registry'
import { type AppError, fromGrpcError } from '@dual-random/errors'
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { implement, messageLimitBytes, type ServerCall } from '../src/index.ts'
import { type RunningServer, runningServer } from './running-server.ts'

const request: GetPolicyRequest = { regionCode: '230300', at: '2026-03-02' }

/** No request of the contracts has an enum yet; this method's request has one. */
const openings = {
  check: {
    path: '/dualrandom.test.v1.OpeningService/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: (value: ObjectOpening) => Buffer.from(ObjectOpening.encode(value).finish()),
    requestDeserialize: (bytes: Buffer) => ObjectOpening.decode(bytes),
    responseSerialize: (value: ObjectOpening) => Buffer.from(ObjectOpening.encode(value).finish()),
    responseDeserialize: (bytes: Buffer) => ObjectOpening.decode(bytes),
  },
} as const

let calls: ServerCall[] = []
let running: RunningServer

beforeAll(async () => {
  const { getPolicy, countPool } = RegistryServiceService
  running = await runningServer([
    implement(
      { getPolicy, countPool },
      {
        getPolicy: {
          roles: ['PLANNER', 'SERVICE'],
          handle: async ({ regionCode }, call) => {
            calls.push(call)
            return { policy: undefined, policyJson: 'x'.repeat(regionCode === 'large' ? messageLimitBytes : 1), digest: '' }
          },
        },
        countPool: { roles: ['PLANNER'], optional: ['asOf'], handle: async () => ({ mapped: [], enterprises: 7 }) },
      },
    ),
    implement(openings, {
      check: {
        roles: ['PLANNER'],
        optional: ['objectCode', 'name', 'address', 'industry', 'grade', 'alliance'],
        handle: async (opening) => opening,
      },
    }),
  ])
})
beforeEach(() => {
  calls = []
})
afterAll(() => running.stop())

/** A call as a careless client makes it. */
async function rawFailure(set: { readonly deadline?: number; readonly token?: string }): Promise<AppError> {
  const client = new RegistryServiceClient(running.address, credentials.createInsecure())
  const metadata = new Metadata()
  if (set.token !== undefined) metadata.set('authorization', set.token)
  const failure = await new Promise<ServiceError | null>((resolve) =>
    client.getPolicy(request, metadata, set.deadline === undefined ? {} : { deadline: set.deadline }, (error) => resolve(error)),
  )
  client.close()
  if (failure === null) throw new Error('accepted')
  return fromGrpcError(failure, 'registry')
}

const bearer = async (): Promise<string> => `Bearer ${(await running.context()).token}`
const soon = (): number => Date.now() + 5000

describe('a call', () => {
  it('reaches its handler with caller, trace, and a deadline trimmed by 50 ms', async () => {
    const context = await running.context()
    await running.client().unary('getPolicy', request, context)
    const [call] = calls
    expect(call?.principal).toMatchObject({ subject: 'zhang', roles: ['PLANNER'] })
    expect(call?.context).toMatchObject({ token: context.token, traceId: context.traceId })
    // The deadline crosses as a remaining time (grpc-timeout), so the callee's is a little later by its own clock.
    expect(call?.context.deadline).toBeGreaterThanOrEqual(context.deadline - 51)
    expect(call?.context.deadline).toBeLessThan(context.deadline + 2000)
  })

  it('without a deadline is refused', async () => {
    expect(await rawFailure({ token: await bearer() })).toMatchObject({ kind: 'invalid', code: 'deadline-required' })
    expect(calls).toHaveLength(0)
  })

  it('SEC-02 without a token, or with a bad one, is refused', async () => {
    expect(await rawFailure({ deadline: soon() })).toMatchObject({ kind: 'unauthenticated', code: 'token-missing' })
    expect(await rawFailure({ deadline: soon(), token: 'Basic x' })).toMatchObject({ code: 'token-missing' })
    expect(await rawFailure({ deadline: soon(), token: `${await bearer()}x` })).toMatchObject({
      kind: 'unauthenticated',
      code: 'token-invalid',
    })
    expect(calls).toHaveLength(0)
  })

  it('SEC-03 without the role is refused', async () => {
    const inspector = await running.context({}, ['INSPECTOR'])
    await expect(running.client().unary('getPolicy', request, inspector)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'role-required',
    })
    expect(calls).toHaveLength(0)
  })

  it('with a missing field is refused, each field by its pointer', async () => {
    const context = await running.context()
    await expect(running.client().unary('getPolicy', { regionCode: '', at: '' }, context)).rejects.toMatchObject({
      kind: 'invalid',
      code: 'invalid-request',
      violations: [
        { pointer: '/regionCode', code: 'missing-field' },
        { pointer: '/at', code: 'missing-field' },
      ],
    })
    expect(calls).toHaveLength(0)
  })

  it('may leave out what the method declares optional, and only that', async () => {
    const context = await running.context()
    const client = running.client()
    expect(await client.unary('countPool', { regionCode: '230300', itemCodes: [], asOf: undefined }, context)).toEqual({
      mapped: [],
      enterprises: 7,
    })
    await expect(client.unary('countPool', { regionCode: '', itemCodes: [], asOf: undefined }, context)).rejects.toMatchObject({
      violations: [{ pointer: '/regionCode' }],
    })
  })

  it('with an unknown or unspecified enum is refused', async () => {
    const client = new Client(running.address, credentials.createInsecure())
    const { path, requestSerialize, responseDeserialize } = openings.check
    const { token } = await running.context()
    const metadata = new Metadata()
    metadata.set('authorization', `Bearer ${token}`)
    const send = (bytes: Buffer): Promise<AppError | ObjectOpening | undefined> =>
      new Promise((resolve) =>
        client.makeUnaryRequest(
          path,
          (given: Buffer) => given,
          responseDeserialize,
          bytes,
          metadata,
          { deadline: soon() },
          (error, answer) => resolve(error === null ? answer : fromGrpcError(error, 'registry')),
        ),
      )
    const opening: ObjectOpening = ObjectOpening.fromPartial({
      label: 'a',
      objectId: 'b',
      salt: 'c',
      drawnSalt: 'd',
      kind: 'OBJECT_KIND_ENTERPRISE',
    })
    const complete = requestSerialize(opening)
    // Field 5 is the enum, a varint: 0x28, value.
    const at = complete.indexOf(0x28)
    expect(complete[at + 1]).toBeGreaterThan(0)
    const unknown = Buffer.from(complete)
    unknown[at + 1] = 99
    expect(await send(complete)).toMatchObject({ kind: 'OBJECT_KIND_ENTERPRISE' })
    expect(await send(unknown)).toMatchObject({ kind: 'invalid', violations: [{ pointer: '/kind', code: 'unknown-value' }] })
    expect(await send(requestSerialize({ ...opening, kind: 'OBJECT_KIND_UNSPECIFIED' }))).toMatchObject({
      kind: 'invalid',
      violations: [{ pointer: '/kind', code: 'missing-field' }],
    })
    client.close()
  })

  it('larger than 4 MiB is refused in either direction', async () => {
    const client = running.client()
    const context = await running.context()
    await expect(client.unary('getPolicy', { ...request, at: 'x'.repeat(messageLimitBytes) }, context)).rejects.toMatchObject({
      name: 'AppError',
    })
    await expect(client.unary('getPolicy', { ...request, regionCode: 'large' }, context)).rejects.toMatchObject({ name: 'AppError' })
    await expect(client.unary('getPolicy', { ...request, at: 'x'.repeat(messageLimitBytes - 100) }, context)).resolves.toBeDefined()
  })
})
