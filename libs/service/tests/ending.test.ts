import { once } from 'node:events'
import { connect } from 'node:net'
import { eventually } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { broker } from './support/broker.ts'
import { sampleScope, sampleService, toldTopic } from './support/sample-service.ts'

describe('a service that ends', () => {
  it('is not ready from then on, finishes what is in hand, and publishes what that wrote', async () => {
    await using scope = await sampleScope()
    await using bus = broker(scope)
    let goOn = (): void => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let entered = false
    const sample = await sampleService(scope.env, {
      beforeWrite: () => {
        entered = true
        return held
      },
    })
    await sample.service.start()
    const { port } = new URL(sample.url)
    const socket = connect(Number(port), '127.0.0.1')
    let answers = ''
    socket.on('data', (chunk) => {
      answers += String(chunk)
    })
    socket.write('POST /v1/units/last HTTP/1.1\r\nhost: a\r\nidempotency-key: k\r\ncontent-length: 0\r\n\r\n')
    await eventually(() => expect(entered).toBe(true))
    expect((await sample.infrastructure.health.ready()).status).toBe('up')

    const ended = sample[Symbol.asyncDispose]()
    expect((await sample.infrastructure.health.ready()).status).toBe('down')
    await eventually(() => expect(fetch(`${sample.url}/readyz`)).rejects.toThrow('fetch failed'))
    // On the connection that is still open the question is heard, and answered after what came before it.
    socket.write('GET /readyz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')
    goOn()
    await once(socket, 'close')
    expect(answers.match(/HTTP\/1.1 (\d+)/g)).toEqual(['HTTP/1.1 201', 'HTTP/1.1 503'])
    await ended
    expect(await bus.read(toldTopic)).toEqual(['last:1'])
  })

  it('ends twice as it ends once, also before it was started', async () => {
    await using scope = await sampleScope()
    const sample = await sampleService(scope.env)
    await sample[Symbol.asyncDispose]()
    await expect(sample[Symbol.asyncDispose]()).resolves.toBeUndefined()
  })
})
