import { describe, expect, it } from 'vitest'
import { importAnswer, lineInput } from './schemas.ts'

const line = { taskName: '巡查', itemCodes: ['G1'] }
const batch = { window: { start: '2028-01-01', end: '2028-01-01' } }

describe('how often a line is checked', () => {
  it.each([
    [1, true],
    [13, true],
    [24, true],
    [366, true],
    [0, false],
    [367, false],
    [1.5, false],
  ])('PLN-13 %d times a year, in a line and in an answer: %s', (times, isTaken) => {
    expect(lineInput.safeParse({ ...line, times }).success).toBe(isTaken)
    expect(importAnswer.safeParse({ lineNo: 1, times }).success).toBe(isTaken)
  })

  it.each([
    [53, true],
    [366, true],
    [367, false],
  ])('PLN-13 %d batches: %s', (count, isTaken) => {
    const batches = Array.from({ length: count }, () => batch)
    expect(lineInput.safeParse({ ...line, batches }).success).toBe(isTaken)
    expect(importAnswer.safeParse({ lineNo: 1, batches }).success).toBe(isTaken)
  })
})

describe('into how many check batches a draw is cut', () => {
  it.each([
    [1, false],
    [2, true],
    [99, true],
    [100, false],
    [2.5, false],
  ])('DRW-16 %d, in a line and in an answer: %s', (checkBatches, isTaken) => {
    expect(lineInput.safeParse({ ...line, checkBatches }).success).toBe(isTaken)
    expect(importAnswer.safeParse({ lineNo: 1, checkBatches }).success).toBe(isTaken)
  })
})

describe('what a line says of its objects', () => {
  const scopeOf = (tag: string) => ({ scope: { tags: [tag] } })

  it.each([
    ['星级饭店、网吧', true],
    [' 星级饭店\n', true],
    ['星级饭店\n网吧', false],
    ['星级饭店\r\n网吧', false],
    ['星级饭店\u2028网吧', false],
  ])('PLN-13 words %j, in a line and in an answer: %s; a published table does not keep line breaks', (objectScope, isTaken) => {
    expect(lineInput.safeParse({ ...line, objectScope }).success).toBe(isTaken)
    expect(importAnswer.safeParse({ lineNo: 1, objectScope }).success).toBe(isTaken)
  })

  it.each([
    ['星级 饭店', true],
    ['星级\n饭店', false],
    ['星级\r饭店', false],
    ['星级；饭店', false],
  ])('PLN-13 a tag %j, in a line and in an answer: %s', (tag, isTaken) => {
    expect(lineInput.safeParse({ ...line, ...scopeOf(tag) }).success).toBe(isTaken)
    expect(importAnswer.safeParse({ lineNo: 1, ...scopeOf(tag) }).success).toBe(isTaken)
  })
})

describe('why objects may be drawn again in the year', () => {
  const text = (length: number) => '必'.repeat(length)

  it.each([
    [{ reason: '必要时复查' }, true],
    [{ citation: { kind: 'RULE', text: '《食品生产经营监督检查管理办法》第七条' } }, true],
    [{ reason: text(500), citation: { kind: 'LAW', text: text(500) } }, true],
    [{}, false],
    [{ reason: ' ' }, false],
    [{ reason: text(501) }, false],
    [{ citation: { kind: 'LAW', text: ' ' } }, false],
    [{ citation: { kind: 'LAW', text: text(501) } }, false],
    [{ citation: { kind: 'NOTICE', text: '省局通知' } }, false],
    [{ citation: { text: '《食品安全法》' } }, false],
  ])('CRD-07 CRD-09 %j: %s', (repeatGround, isTaken) => {
    expect(lineInput.safeParse({ ...line, repeatGround }).success).toBe(isTaken)
  })
})
