import { randomUUID } from 'node:crypto'
import { createServiceTokens, type Role, roles, type ServiceTokens } from '@dual-random/auth'
import { InboxServiceClient, InboxServiceService } from '@dual-random/contracts/ops'
import { RegistryServiceClient, RegistryServiceService } from '@dual-random/contracts/registry'
import { toAppError } from '@dual-random/errors'
import { type CallContext, createGrpcClient } from '@dual-random/grpc'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { requests, type SampleRequest } from './access/requests.ts'
import { type AccessRow, type Place, places, readAccessTable } from './access/table.ts'
import { candidatesRequest, drawId, freezeRequest, movedRequest, redrawRequest, startWorld, unitAt, type World } from './access/world.ts'
import { sha256Hex } from './harness.ts'

const table = readAccessTable()
const isRoute = ({ name }: AccessRow): boolean => name.includes(' ')
const routeRows = table.rows.filter(isRoute)
const methodRows = table.rows.filter((row) => !isRoute(row))

type Answer = 'allowed' | 'role-required' | 'refused' | 'no-token' | 'hidden'

let world: World
/** Renews its token. */
let service: ServiceTokens
const tokens = new Map<string, Promise<string>>()

beforeAll(async () => {
  world = await startWorld()
  service = createServiceTokens({ service: 'inspection', key: await world.registry.scope.issuer.serviceKey('inspection') })
}, 120_000)
afterAll(() => world?.registry.dispose())
// The walk outlasts a token on a slow machine.
beforeEach(() => tokens.clear())

/** Somebody at a place with one role; PUBLIC has no token. */
function tokenOf(role: Role, place: Place): Promise<string> | undefined {
  if (role === 'PUBLIC') return undefined
  if (role === 'SERVICE') return service.token()
  const key = `${role} ${place}`
  const made = tokens.get(key) ?? makeToken(role, unitAt[place])
  tokens.set(key, made)
  return made
}

async function makeToken(role: Role, unitId: string): Promise<string> {
  return world.registry.scope.issuer.token({ subject: `${unitId}-${role}`, unitId, regionCode: unitId.slice(0, 6), roles: [role] })
}

interface Caller {
  readonly role: Role
  readonly place: Place
  readonly expected: Answer
}

const callersOf = (row: AccessRow): readonly Caller[] =>
  roles.flatMap((role) => {
    const from: readonly Place[] = role === 'SERVICE' || role === 'PUBLIC' ? ['itself'] : places
    return from.map((place) => ({ role, place, expected: expectedOf(row, role, place) }))
  })

function expectedOf(row: AccessRow, role: Role, place: Place): Answer {
  if (role === 'PUBLIC') return row.isPublic ? 'allowed' : 'no-token'
  if (!row.roles.includes(role)) return 'role-required'
  return table.reaches(row, role, place) ? 'allowed' : 'refused'
}

async function callRoute(name: string, { params = {}, query = {}, json, csv }: SampleRequest, token: string | undefined): Promise<Answer> {
  const [method = '', path = ''] = name.split(' ')
  const url = new URL(
    path.replaceAll(/:(\w+)/g, (_, param: string) => params[param] ?? ''),
    `http://127.0.0.1:${world.registry.service.httpPort}`,
  )
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value)
  const body = csv ?? (json === undefined ? undefined : JSON.stringify(json))
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
      ...(body === undefined ? {} : { 'content-type': csv === undefined ? 'application/json' : 'text/csv' }),
    },
    ...(body === undefined ? {} : { body }),
  })
  const { code = '' } = response.status >= 400 ? ((await response.json()) as { readonly code?: string }) : {}
  if (response.status < 400) await response.body?.cancel()
  if (response.status >= 500) throw new Error(`${name}: ${response.status} ${code}`)
  if (response.status === 401) return 'no-token'
  if (response.status === 403) return code === 'role-required' ? 'role-required' : 'refused'
  return response.status === 404 ? 'hidden' : 'allowed'
}

/** Where registry answers otherwise than the table says. Whoever must be refused calls first: what the others do must not hide it. */
async function differences(row: AccessRow, call: (token: string | undefined) => Promise<Answer>): Promise<readonly string[]> {
  const difference = async ({ role, place, expected }: Caller): Promise<readonly string[]> => {
    const answer = await call(await tokenOf(role, place))
    const isAsSaid = answer === expected || (answer === 'hidden' && expected === 'refused')
    return isAsSaid ? [] : [`${role} ${place}: ${answer}, not ${expected}`]
  }
  const callers = callersOf(row)
  const refused = await Promise.all(callers.filter(({ expected }) => expected !== 'allowed').map(difference))
  const found = refused.flat()
  for (const caller of callers.filter(({ expected }) => expected === 'allowed')) found.push(...(await difference(caller)))
  return found
}

describe('the table of rights', () => {
  it('SEC-02 has every route of registry, with its roles, and no other', async () => {
    const response = await fetch(`http://127.0.0.1:${world.registry.service.httpPort}/openapi.json`)
    const { paths } = (await response.json()) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { 'x-roles'?: Role[] }>>>>
    }
    const declared = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-roles': held }]): [string, readonly Role[]] => [
        `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
        [...(held ?? roles)].sort(),
      ]),
    )
    expect(declared.length).toBeGreaterThan(100)
    expect(Object.fromEntries(routeRows.map((row) => [row.name, [...row.roles].sort()]))).toEqual(Object.fromEntries(declared))
    expect(Object.keys(requests).sort()).toEqual(routeRows.map(({ name }) => name).sort())
  })

  it('SEC-02 has every gRPC method, and no other', () => {
    const offered = { registry: RegistryServiceService, ops: InboxServiceService }
    const methods = Object.entries(offered).flatMap(([name, definition]) =>
      Object.values(definition).map(({ path }) => `${name}.v1/${path.split('/').at(-1)}`),
    )
    expect(methodRows.map(({ name }) => name).sort()).toEqual(methods.sort())
  })
})

describe('every route, as every role, from every place', () => {
  it.each(routeRows.map((row) => [row.name, row] as const))('SEC-02 %s', { timeout: 60_000 }, async (name, row) => {
    const request = await requests[name]?.(world)
    expect(await differences(row, (token) => callRoute(name, request ?? {}, token))).toEqual([])
  })
})

describe('every gRPC method, as every role, from every place', () => {
  const first = async (messages: AsyncIterable<object>): Promise<void> => {
    for await (const _message of messages) return
  }

  it.each(methodRows.map((row) => [row.name, row] as const))('SEC-02 %s', { timeout: 60_000 }, async (name, row) => {
    const options = { address: `127.0.0.1:${world.registry.service.grpcPort}`, peer: 'registry' }
    const registry = createGrpcClient(RegistryServiceClient, options)
    const ops = createGrpcClient(InboxServiceClient, options)
    const regionCode = '230300'
    type Context = CallContext
    const calls: Readonly<Record<string, (context: Context) => Promise<unknown>>> = {
      'registry.v1/GetPolicy': (context) => registry.unary('getPolicy', { regionCode, at: '2026-03-02' }, context),
      'registry.v1/ListUnits': (context) => registry.unary('listUnits', { regionCode }, context),
      'registry.v1/ListCheckItems': (context) => registry.unary('listCheckItems', { regionCode, at: '2026-03-02' }, context),
      'registry.v1/ListKeyMatters': (context) =>
        registry.unary('listKeyMatters', { regionCode, at: '2026-03-02', countObjects: false }, context),
      'registry.v1/CountPool': (context) =>
        registry.unary('countPool', { regionCode, itemCodes: ['SP-01'], asOf: '2026-03-02T01:00:00.000Z' }, context),
      'registry.v1/CountPools': (context) =>
        registry.unary(
          'countPools',
          { regionCode, sets: [{ itemCodes: ['SP-01'], scoped: [] }], asOf: '2026-03-02T01:00:00.000Z' },
          context,
        ),
      'registry.v1/ComparePools': (context) =>
        registry.unary('comparePools', { regionCode, sets: [], from: '2026-03-01T01:00:00.000Z', to: '2026-03-02T01:00:00.000Z' }, context),
      'registry.v1/ListMovedObjects': (context) => registry.unary('listMovedObjects', movedRequest, context),
      'registry.v1/CountInspectors': (context) => registry.unary('countInspectors', { regionCode, on: '2026-03-02' }, context),
      'registry.v1/KeepCandidates': (context) => registry.unary('keepCandidates', candidatesRequest, context),
      'registry.v1/ListRoleBindings': (context) => registry.unary('listRoleBindings', { subject: 'somebody' }, context),
      'registry.v1/EngageInstitution': (context) =>
        registry.unary(
          'engageInstitution',
          { engagementId: 'eng-1', institutionId: world.institutionId, taskId: 't1', field: '食品', work: 'TESTING' },
          context,
        ),
      'registry.v1/EndEngagement': (context) =>
        registry.unary('endEngagement', { engagementId: world.engagementId, institutionId: world.institutionId }, context),
      'registry.v1/DescribeCheckTarget': (context) =>
        registry.unary('describeCheckTarget', { objectId: world.objectId, inspectorIds: [] }, context),
      'registry.v1/FreezeRoster': (context) =>
        registry.unary('freezeRoster', { ...freezeRequest, drawId: sha256Hex(context.token) }, context),
      'registry.v1/FreezeRedraw': (context) => registry.unary('freezeRedraw', redrawRequest(sha256Hex(context.token)), context),
      'registry.v1/StreamRoster': (context) =>
        first(registry.stream('streamRoster', { drawId, includeExcluded: true, firstEntry: 0 }, context)),
      'registry.v1/StreamMatchInputs': (context) =>
        first(registry.stream('streamMatchInputs', { drawId, labels: [], itemCodes: [] }, context)),
      'registry.v1/StreamOpenings': (context) =>
        first(registry.stream('streamOpenings', { drawId, objectLabels: [], inspectorLabels: [] }, context)),
      'registry.v1/GetObjectOpening': (context) => registry.unary('getObjectOpening', { drawId, objectId: world.objectId }, context),
      'registry.v1/CountDrawnEnterprises': (context) =>
        registry.unary('countDrawnEnterprises', { draws: [{ drawId, labels: [] }] }, context),
      'ops.v1/ListMarks': (context) => ops.unary('listMarks', { group: 'registry', topic: 'unknown', aggregateIds: [] }, context),
    }
    const call = async (token: string | undefined): Promise<Answer> => {
      try {
        await calls[name]?.({ deadline: Date.now() + 30_000, token: token ?? '', traceId: '0'.repeat(32) })
        return 'allowed'
      } catch (thrown) {
        const { kind, code } = toAppError(thrown)
        if (kind === 'unauthenticated') return 'no-token'
        if (kind === 'forbidden') return code === 'role-required' ? 'role-required' : 'refused'
        if (kind === 'internal' || kind === 'unavailable') throw thrown
        return 'allowed'
      }
    }
    try {
      expect(Object.keys(calls)).toContain(name)
      expect(await differences(row, call)).toEqual([])
    } finally {
      registry.close()
      ops.close()
    }
  })
})
