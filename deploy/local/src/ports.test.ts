import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { freePort, freePorts } from './ports.ts'

describe('free ports', () => {
  it('are distinct, also between calls at the same time, and lie below the range of outgoing connections', async () => {
    const ports = (await Promise.all([freePorts(10), freePorts(10), freePort()])).flat()
    expect(new Set(ports).size).toBe(21)
    for (const port of ports) expect(port).toBeLessThan(32_768)
  })

  it('can be listened on', async () => {
    const port = await freePort()
    const server = createServer()
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
    expect(server.address()).toMatchObject({ port })
    await new Promise((resolve) => server.close(resolve))
  })
})
