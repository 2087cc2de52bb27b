import { describe, expect, it } from 'vitest'
import { StackUnavailableError } from './unavailable.ts'

describe('StackUnavailableError', () => {
  it('names what is missing and every way out, for each part that has none', () => {
    const error = new StackUnavailableError([
      { part: 'kafka', engine: 'docker: not found', missing: ['java (JDK 17)', 'mvn'] },
      { part: 'store', engine: 'docker: not found', missing: ['cmake'] },
    ])
    for (const text of ['java (JDK 17)', 'mvn', 'cmake', 'KAFKA_BROKERS=', 'MONGODB_URI=', 'docker: not found'])
      expect(error.message).toContain(text)
  })
})
