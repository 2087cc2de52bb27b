import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { RegistryServiceService, type StreamRosterResponse } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { eventually } from '@dual-random/testkit'
import { credentials, makeGenericClientConstructor, ServerCredentials } from '@grpc/grpc-js'
import { service as healthDefinition } from 'grpc-health-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createGrpcServer, type Handlers, implement, type ServerCall, serviceContext } from '../src/index.ts'
import { type RunningServer, runningServer } from './running-server.ts'

const { getPolicy, streamRoster } = RegistryServiceService
const definition = { getPolicy, streamRoster }
type Registry = Handlers<typeof definition>

const request = { regionCode: '230300', at: '2026-03-02' }
const rosterRequest = { drawId: 'd-1', includeExcluded: false, firstEntry: 0 }
const policy = { policy: undefined, policyJson: '{}', digest: 'd' }
const never = <T>(): Promise<T> => new Promise(() => undefined)

const started: RunningServer[] = []

async function registry(handlers: {
  getPolicy?: Registry['getPolicy']['handle']
  streamRoster?: Registry['streamRoster']['handle']
}): Promise<RunningServer> {
  const running = await runningServer([
    implement(definition, {
      getPolicy: { roles: ['PLANNER', 'SERVICE'], handle: handlers.getPolicy ?? never },
      streamRoster: { roles: ['PLANNER'], optional: ['regionCode'], handle: handlers.streamRoster ?? async function* () {} },
    }),
  ])
  started.push(running)
  return running
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((running) => running.stop()))
})

const batch = (index: number, padding = 0): StreamRosterResponse => ({
  entries: [{ stratum: String(index), label: 'x'.repeat(padding), excluded: false }],
})

describe('a deadline', () => {
  it('ends a call whose handler is late with the callee’s own report, and aborts the handler', async () => {
    let seen: ServerCall | undefined
    const running = await registry({
      getPolicy: (_request, call) => {
        seen = call
        return never()
      },
    })
    const context = await running.context({ deadline: Date.now() + 400 })
    const error = await running
      .client()
      .unary('getPolicy', request, context)
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'deadline', code: 'deadline-exceeded' })
    await eventually(() => expect(seen?.context.signal.aborted).toBe(true))
  })

  it('that has passed is not even tried', async () => {
    let calls = 0
    const running = await registry({
      getPolicy: async () => {
        calls++
        return policy
      },
    })
    const context = await running.context({ deadline: Date.now() - 1 })
    await expect(running.client().unary('getPolicy', request, context)).rejects.toMatchObject({ kind: 'deadline' })
    await expect(running.client().stream('streamRoster', rosterRequest, context)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      kind: 'deadline',
    })
    expect(calls).toBe(0)
  })

  it('travels: what a handler passes on is earlier than what it got', async () => {
    let inner: ServerCall | undefined
    const callee = await registry({
      getPolicy: async (_request, call) => {
        inner = call
        return policy
      },
    })
    let outer: ServerCall | undefined
    const client = callee.client()
    const caller = await runningServer([
      implement(
        { getPolicy },
        {
          getPolicy: {
            roles: ['PLANNER'],
            handle: async (given, call) => {
              outer = call
              // The callee has its own issuer; the caller's identity is tested elsewhere.
              return await client.unary('getPolicy', given, { ...call.context, token: (await callee.context()).token })
            },
          },
        },
      ),
    ])
    started.push(caller)
    const context = await caller.context({ deadline: Date.now() + 10_000 })
    await caller.client().unary('getPolicy', request, context)
    expect(inner?.context.traceId).toBe(context.traceId)
    expect(outer?.context.traceId).toBe(context.traceId)
    expect((inner?.context.deadline ?? 0) - Date.now()).toBeLessThan(10_000 - 50)
  })
})

describe('cancelling', () => {
  it('a caller’s signal aborts the handler', async () => {
    let seen: ServerCall | undefined
    const running = await registry({
      getPolicy: (_request, call) => {
        seen = call
        return never()
      },
    })
    const leaving = new AbortController()
    const call = running.client().unary('getPolicy', request, await running.context({ signal: leaving.signal }))
    await eventually(() => expect(seen).toBeDefined())
    leaving.abort()
    await expect(call).rejects.toMatchObject({ kind: 'deadline' })
    await eventually(() => expect(seen?.context.signal.aborted).toBe(true))
  })
})

describe('a stream', () => {
  it('delivers every message in order', async () => {
    const running = await registry({
      streamRoster: async function* () {
        for (let i = 0; i < 5000; i++) yield batch(i)
      },
    })
    const seen: string[] = []
    for await (const { entries } of running.client().stream('streamRoster', rosterRequest, await running.context()))
      seen.push(entries[0]?.stratum ?? '')
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, i) => String(i)))
  })

  it('is made no faster than it is read, and ends with the loop that reads it', async () => {
    const total = 20_000
    let made = 0
    let ended = false
    const running = await registry({
      streamRoster: async function* () {
        try {
          for (; made < total; made++) yield batch(made, 10_000)
        } finally {
          ended = true
        }
      },
      getPolicy: async () => policy,
    })
    const client = running.client()
    const context = await running.context()
    for await (const _first of client.stream('streamRoster', rosterRequest, context)) {
      // Other calls of the same connection go through while nobody reads.
      for (let i = 0; i < 50; i++) await client.unary('getPolicy', request, context)
      break
    }
    await eventually(() => expect(ended).toBe(true))
    expect(made).toBeLessThan(total / 10)
  })

  it('cut off by its deadline says so', async () => {
    const running = await registry({
      streamRoster: async function* () {
        yield batch(0)
        await never()
      },
    })
    const messages = running.client().stream('streamRoster', rosterRequest, await running.context({ deadline: Date.now() + 400 }))
    const read = async (): Promise<void> => {
      for await (const message of messages) void message
    }
    await expect(read()).rejects.toMatchObject({ kind: 'deadline', code: 'deadline-exceeded' })
  })
})

describe('retries', () => {
  const failingTwice = (): { handle: Registry['getPolicy']['handle']; calls: () => number } => {
    let calls = 0
    return {
      handle: async () => {
        calls++
        if (calls <= 2) throw appError('unavailable', 'store-unavailable')
        return policy
      },
      calls: () => calls,
    }
  }

  it('happen for a method declared idempotent while the peer is unavailable', async () => {
    const { handle, calls } = failingTwice()
    const running = await registry({ getPolicy: handle })
    const client = running.client({ idempotent: ['getPolicy'] })
    expect(await client.unary('getPolicy', request, await running.context())).toEqual(policy)
    expect(calls()).toBe(3)
  })

  it('do not happen for any other method', async () => {
    const { handle, calls } = failingTwice()
    const running = await registry({ getPolicy: handle })
    await expect(running.client({ idempotent: ['countPool'] }).unary('getPolicy', request, await running.context())).rejects.toMatchObject({
      code: 'store-unavailable',
    })
    expect(calls()).toBe(1)
  })

  it('do not happen for any other failure', async () => {
    let calls = 0
    const running = await registry({
      getPolicy: async () => {
        calls++
        throw appError('failed-precondition', 'backlog-full')
      },
    })
    const client = running.client({ idempotent: ['getPolicy'] })
    await expect(client.unary('getPolicy', request, await running.context())).rejects.toMatchObject({ code: 'backlog-full' })
    expect(calls).toBe(1)
  })
})

describe('a service on its own', () => {
  it('calls with a context of its own principal', async () => {
    let seen: ServerCall | undefined
    const running = await registry({
      getPolicy: async (_request, call) => {
        seen = call
        return policy
      },
    })
    const { createServiceTokens } = await import('@dual-random/auth')
    const tokens = createServiceTokens({ service: 'planning', key: await running.issuer.serviceKey('planning') })
    await running.client().unary('getPolicy', request, await serviceContext({ tokens, timeoutMs: 5000 }))
    expect(seen?.principal).toMatchObject({ subject: 'service-planning', roles: ['SERVICE'] })
  })
})

describe('grpc.health.v1', () => {
  const HealthClient = makeGenericClientConstructor(healthDefinition, 'Health')
  type Checkable = { check(request: object, callback: (error: Error | null, answer: { status: string }) => void): void; close(): void }

  it('needs neither token nor deadline, and tells the state of the service', async () => {
    const running = await registry({})
    const client = new HealthClient(running.address, credentials.createInsecure()) as unknown as Checkable
    const check = (): Promise<string> =>
      new Promise((resolve, reject) =>
        client.check({ service: '' }, (error, answer) => (error === null ? resolve(answer.status) : reject(error))),
      )
    expect(await check()).toBe('SERVING')
    let storeUp = false
    running.health.addCheck('store', () => (storeUp ? Promise.resolve() : Promise.reject(new Error('down'))))
    expect(await check()).toBe('NOT_SERVING')
    storeUp = true
    expect(await check()).toBe('SERVING')
    running.health.setReady(false)
    expect(await check()).toBe('NOT_SERVING')
    client.close()
  })
})

describe('draining', () => {
  it('finishes calls in flight and takes no new ones', async () => {
    let open = (): void => undefined
    let entered = false
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const running = await registry({
      getPolicy: async () => {
        entered = true
        await opened
        return policy
      },
    })
    const client = running.client()
    const inFlight = client.unary('getPolicy', request, await running.context())
    await eventually(() => expect(entered).toBe(true))
    let drained = false
    const draining = running.server.drain().then(() => (drained = true))
    const late = running.client()
    await eventually(async () => {
      await expect(late.unary('getPolicy', request, await running.context({ deadline: Date.now() + 1000 }))).rejects.toMatchObject({
        kind: 'unavailable',
      })
    })
    expect(drained).toBe(false)
    open()
    expect(await inFlight).toEqual(policy)
    client.close()
    late.close()
    await draining
  })

  it('does not wait for idle connections', async () => {
    const running = await registry({ getPolicy: async () => policy })
    await running.client().unary('getPolicy', request, await running.context())
    await expect(running.server.drain()).resolves.toBeUndefined()
  })
})

describe('plaintext', () => {
  it('stays on loopback, on both sides', async () => {
    const running = await registry({})
    const { server: _server, ...rest } = running
    expect(() => running.client({ address: 'registry.internal:9090' })).toThrow(/TLS/)
    expect(() => running.client({ address: '10.0.0.1:9090', credentials: credentials.createSsl() })).not.toThrow()
    const options = { service: 'registry', port: 0, implementations: [], ...rest } as unknown as Parameters<typeof createGrpcServer>[0]
    expect(() => createGrpcServer({ ...options, host: '0.0.0.0' })).toThrow(/TLS/)
    expect(() => createGrpcServer({ ...options, host: '0.0.0.0', credentials: ServerCredentials.createInsecure() })).not.toThrow()
  })
})

describe('a connection that dies', () => {
  it('fails the call as unavailable', async () => {
    const sockets: Socket[] = []
    const deaf = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    const address = deaf.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const running = await registry({})
    const call = running.client({ address: `127.0.0.1:${address.port}` }).unary('getPolicy', request, await running.context())
    const outcome = call.catch((thrown: unknown) => thrown)
    await eventually(() => expect(sockets.length).toBeGreaterThan(0))
    for (const socket of sockets) socket.destroy()
    deaf.close()
    expect(await outcome).toMatchObject({ kind: 'unavailable', code: 'service-unavailable' })
  })
})
