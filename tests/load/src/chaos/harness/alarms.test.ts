import { describe, expect, it } from 'vitest'
import { errorsIn } from './alarms.ts'

describe('errorsIn', () => {
  it('counts our own errors, not the client library’s complaints, and passes over what is no log line', () => {
    const lines = [
      { level: 'error', msg: 'event parked' },
      { level: 'warn', msg: 'publishing failed, will retry' },
      { level: 'fatal', msg: 'stopping' },
      { level: 'error', msg: 'Closed connection', kafka: {} },
    ].map((line) => JSON.stringify(line))
    expect(errorsIn([...lines, 'Warning: …', '{"level":"err'].join('\n'))).toEqual(['event parked', 'stopping'])
  })
})
