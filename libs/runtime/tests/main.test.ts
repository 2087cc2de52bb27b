import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'

const fixture = new URL('fixtures/service.ts', import.meta.url).pathname
const children: ChildProcessWithoutNullStreams[] = []

interface Running {
  readonly child: ChildProcessWithoutNullStreams
  said(line: string): Promise<void>
  readonly exit: Promise<{ readonly code: number | null; readonly lines: readonly string[]; readonly errors: string }>
}

function start(mode: string, env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn('node', ['--conditions=development', fixture], { env: { ...process.env, MODE: mode, LOG_LEVEL: 'fatal', ...env } })
  children.push(child)
  const lines: string[] = []
  const reader = createInterface(child.stdout)
  reader.on('line', (line) => lines.push(line))
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  return {
    child,
    async said(wanted) {
      while (!lines.includes(wanted)) await once(reader, 'line')
    },
    exit: once(child, 'close').then(([code]) => ({ code: code as number | null, lines, errors })),
  }
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

describe('runMain', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('disposes on %s and exits with 0', async (signal) => {
    const service = start('normal')
    await service.said('started')
    service.child.kill(signal)
    expect(await service.exit).toMatchObject({ code: 0, lines: ['started', 'disposing', 'disposed'] })
  })

  it('prints every configuration problem without a stack trace and exits with 78', async () => {
    const { code, errors } = await start('bad-config').exit
    expect(code).toBe(78)
    expect(errors).toContain('PORT: 缺少 (missing)\n')
    expect(errors).toContain('DR_ENV: 无效\n')
    expect(errors).not.toMatch(/^\s+at /m)
  })

  it('disposes and exits with 1 when it cannot start', async () => {
    const { code, lines } = await start('failing-start').exit
    expect(code).toBe(1)
    expect(lines).toContain('disposed')
    expect(lines.join()).toContain('the port is taken')
  })

  it('can be stopped while it starts', async () => {
    const service = start('hanging-start')
    await service.said('starting')
    service.child.kill('SIGTERM')
    expect(await service.exit).toMatchObject({ code: 0, lines: ['starting', 'disposing', 'disposed'] })
  })

  it('logs an unhandled rejection, disposes and exits with 1', async () => {
    const { code, lines } = await start('rejection').exit
    expect(code).toBe(1)
    expect(lines).toContain('disposed')
    expect(lines.join()).toContain('nobody waits for this')
  })

  it('ends with its parent’s pipe when tethered', async () => {
    const service = start('normal', { DR_TETHER: '1' })
    await service.said('started')
    service.child.stdin.end()
    expect(await service.exit).toMatchObject({ code: 0, lines: ['started', 'disposing', 'disposed'] })
  })

  it('ends at a second signal without waiting for a disposal that hangs', async () => {
    const service = start('hanging-disposal')
    await service.said('started')
    service.child.kill('SIGTERM')
    await service.said('disposing')
    service.child.kill('SIGTERM')
    expect((await service.exit).code).toBe(1)
  })
})
