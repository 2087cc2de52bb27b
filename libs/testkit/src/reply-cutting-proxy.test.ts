import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eventually } from './eventually.ts'
import { type Framing, frameSplitter } from './framing.ts'
import { type ReplyCuttingProxy, replyCuttingProxy } from './reply-cutting-proxy.ts'

/** Frames of one length byte, one id, one letter for the kind; the reply repeats the id. */
const letters: Framing = {
  frameLength: (bytes) => (bytes.length === 0 ? undefined : bytes.readUInt8(0)),
  request: (frame) => ({
    id: frame.readUInt8(1),
    kind: frame.toString('latin1', 2, 3),
    version: 0,
    answered: frame.toString('latin1', 2, 3) !== 'n',
    frame,
  }),
  answers: (reply) => reply.readUInt8(1),
  readdress: (reply, { kind }, addresses) => (kind === 'a' ? Buffer.concat([reply, Buffer.from([...addresses.values()].join())]) : reply),
}

const frame = (id: number, kind: string): Buffer => Buffer.from([3, id, kind.charCodeAt(0)])

interface Client {
  send(id: number, kind: string): void
  /** Ids of the replies so far. */
  readonly replies: number[]
  readonly text: () => string
  readonly ended: () => boolean
}

describe('replyCuttingProxy', () => {
  let proxy: ReplyCuttingProxy
  let done: string[]
  const open: { destroy(): void }[] = []

  beforeEach(async () => {
    done = []
    const server = createServer((socket) => {
      open.push(socket)
      const split = frameSplitter(letters)
      socket.on('error', () => undefined)
      socket.on('data', (chunk: Buffer) => {
        for (const request of split(chunk)) {
          done.push(request.toString('latin1', 2, 3))
          if (letters.request(request).answered) socket.write(request)
        }
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    open.push({ destroy: () => server.close() })
    proxy = await replyCuttingProxy({ framing: letters, servers: [`127.0.0.1:${(server.address() as AddressInfo).port}`] })
  })
  afterEach(async () => {
    await proxy.close()
    for (const socket of open.splice(0)) socket.destroy()
  })

  async function client(): Promise<Client> {
    const [, port = ''] = (proxy.addresses[0] ?? '').split(':')
    const socket: Socket = connect(Number(port), '127.0.0.1')
    open.push(socket)
    let text = ''
    let ended = false
    const replies: number[] = []
    socket.on('error', () => undefined)
    socket.on('close', () => {
      ended = true
    })
    const split = frameSplitter({ ...letters, frameLength: () => 3 })
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      replies.push(...split(chunk).map((reply) => reply.readUInt8(1)))
    })
    return { send: (id, kind) => void socket.write(frame(id, kind)), replies, text: () => text, ended: () => ended }
  }

  it('passes requests and replies on, in order, and counts them', async () => {
    const one = await client()
    for (let id = 0; id < 50; id++) one.send(id, id % 2 === 0 ? 'p' : 'q')
    await eventually(() => expect(one.replies).toEqual(Array.from({ length: 50 }, (_, id) => id)))
    expect([proxy.passed('p'), proxy.passed('q'), proxy.passed('x')]).toEqual([25, 25, 0])
  })

  it('lets the next requests of a kind through to the server and cuts instead of their replies', async () => {
    const cuts = proxy.cutReplies('p', 2)
    const first = await client()
    first.send(1, 'q')
    await eventually(() => expect(first.replies).toEqual([1]))
    first.send(2, 'p')
    await eventually(() => expect(first.ended()).toBe(true))
    expect(first.replies).toEqual([1])
    expect(done).toEqual(['q', 'p'])

    const second = await client()
    second.send(3, 'p')
    await eventually(() => expect(second.ended()).toBe(true))
    expect(cuts).toEqual({ wanted: 2, done: 2 })

    const third = await client()
    third.send(4, 'p')
    await eventually(() => expect(third.replies).toEqual([4]))
    expect(done).toEqual(['q', 'p', 'p', 'p'])
  })

  it('delivers what came before the reply it cuts', async () => {
    proxy.cutReplies('p', 1)
    const one = await client()
    for (const [id, kind] of ['q', 'q', 'p', 'q'].entries()) one.send(id, kind)
    await eventually(() => expect(one.ended()).toBe(true))
    expect(one.replies).toEqual([0, 1])
  })

  it('waits for no reply where none is expected', async () => {
    proxy.cutReplies('n', 1)
    const one = await client()
    one.send(1, 'n')
    one.send(2, 'q')
    await eventually(() => expect(one.replies).toEqual([2]))
    expect(done).toEqual(['n', 'q'])
  })

  it('tells clients its own address instead of the server’s', async () => {
    const one = await client()
    one.send(1, 'a')
    await eventually(() => expect(one.text()).toContain(proxy.addresses[0]))
  })

  it('counts how many of a kind wait at once', async () => {
    proxy.freeze()
    const one = await client()
    proxy.thaw()
    proxy.delay(20)
    one.send(1, 'p')
    one.send(2, 'p')
    await eventually(() => expect(one.replies).toEqual([1, 2]))
    expect(proxy.mostAtOnce('p')).toBe(2)
    one.send(3, 'p')
    await eventually(() => expect(one.replies).toEqual([1, 2, 3]))
    expect(proxy.mostAtOnce('p')).toBe(2)
  })

  it('holds both directions back for a time', async () => {
    proxy.delay(30)
    const one = await client()
    const sent = performance.now()
    one.send(1, 'p')
    await eventually(() => expect(one.replies).toEqual([1]), { everyMs: 1 })
    // Timers may fire a millisecond early.
    expect(performance.now() - sent).toBeGreaterThanOrEqual(58)
  })

  it('accepts and delivers nothing while frozen, and everything after', async () => {
    proxy.freeze()
    const frozen = await client()
    frozen.send(1, 'p')
    frozen.send(2, 'p')
    await eventually(() => expect(proxy.passed('p')).toBe(0))
    expect(done).toEqual([])
    proxy.thaw()
    await eventually(() => expect(frozen.replies).toEqual([1, 2]))
  })

  it('delivers nothing more on the connections there are, and on new ones it does', async () => {
    const silent = await client()
    silent.send(1, 'p')
    await eventually(() => expect(silent.replies).toEqual([1]))
    proxy.silence()
    silent.send(2, 'p')
    const other = await client()
    other.send(3, 'p')
    await eventually(() => expect(other.replies).toEqual([3]))
    expect(silent.replies).toEqual([1])
    expect(silent.ended()).toBe(false)
    expect(proxy.passed('p')).toBe(2)
  })

  it('cuts everything at once, and refuses until told otherwise', async () => {
    const one = await client()
    one.send(1, 'p')
    await eventually(() => expect(one.replies).toEqual([1]))
    proxy.cut()
    await eventually(() => expect(one.ended()).toBe(true))
    const two = await client()
    two.send(2, 'p')
    await eventually(() => expect(two.replies).toEqual([2]))

    proxy.refuse()
    await eventually(() => expect(two.ended()).toBe(true))
    const three = await client()
    await eventually(() => expect(three.ended()).toBe(true))
    expect(proxy.refused()).toBe(1)
    proxy.accept()
    const four = await client()
    four.send(4, 'p')
    await eventually(() => expect(four.replies).toEqual([4]))
  })
})
