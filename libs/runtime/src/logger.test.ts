import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function logged(write: (logger: ReturnType<typeof createLogger>) => void, level = 'info'): Record<string, unknown>[] {
  const lines: string[] = []
  write(createLogger({ service: 'registry', level, destination: { write: (line) => lines.push(line) } }))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

describe('createLogger', () => {
  it('names service, level, time and trace in every line', () => {
    const [line] = logged((logger) => logger.child({ traceId: 'abc' }).info('ready'))
    expect(line).toMatchObject({ service: 'registry', level: 'info', traceId: 'abc', msg: 'ready' })
    expect(line?.['time']).toMatch(/^\d{4}-\d{2}-\d{2}T.*Z$/)
  })

  it.each([
    { token: 'eyJ' },
    { headers: { authorization: 'Bearer eyJ' } },
    { request: { headers: { cookie: 'eyJ' } } },
    { inspector: { name: 'eyJ', phone: 'eyJ', idNumber: 'eyJ' } },
    { data: { object: { contact: { mobile: 'eyJ' } } } },
  ])('SEC-04 keeps secrets and personal data out of the log: %j', (fields) => {
    const [line] = logged((logger) => logger.info(fields))
    expect(JSON.stringify(line)).not.toContain('eyJ')
    expect(JSON.stringify(line)).toContain('[redacted]')
  })

  it('leaves other members readable', () => {
    expect(logged((logger) => logger.info({ drawId: 'd-1', unit: { id: 'u-1' } }))[0]).toMatchObject({ drawId: 'd-1', unit: { id: 'u-1' } })
  })

  it('logs at its level and above', () => {
    const lines = logged((logger) => {
      logger.info('below')
      logger.warn('at')
    }, 'warn')
    expect(lines.map(({ msg }) => msg)).toEqual(['at'])
  })
})
