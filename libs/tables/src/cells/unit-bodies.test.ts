import { describe, expect, it } from 'vitest'
import { readUnitsCell } from './units.ts'
import { readLevelsCell } from './words.ts'

const namesIn = (text: string) => {
  const read = readUnitsCell(text)
  return read?.kind === 'units' ? read.names : read?.kind === 'lead' ? [read.lead, ...read.names] : read?.kind
}

describe('offices of one body', () => {
  it.each([
    ['市生态环境局鸡冠分局、恒山分局', ['市生态环境局鸡冠分局', '市生态环境局恒山分局']],
    ['市生态环境局鸡冠分局和恒山分局', ['市生态环境局鸡冠分局', '市生态环境局恒山分局']],
    ['市生态环境局鸡冠、恒山分局', ['市生态环境局鸡冠分局', '市生态环境局恒山分局']],
    ['市公安局高新区分局、经开分局', ['市公安局高新区分局', '市公安局经开分局']],
    ['市市场监管局城关所、东关所', ['市市场监管局城关所', '市市场监管局东关所']],
    ['市公安局交警支队一大队、二大队', ['市公安局交警支队一大队', '市公安局交警支队二大队']],
    ['市交警支队第一大队、第二大队', ['市交警支队第一大队', '市交警支队第二大队']],
    ['市教育局基教科（牵头）、职成科', ['市教育局基教科', '市教育局职成科']],
    ['市教育局基教科牵头、职成科配合', ['市教育局基教科', '市教育局职成科']],
    ['市生态环境局鸡冠分局、市公安局恒山分局', ['市生态环境局鸡冠分局', '市公安局恒山分局']],
    ['市教育局基教科（牵头）、市民政局', ['市教育局基教科', '市民政局']],
    ['市教育局（牵头）、市公安局、市民政局', ['市教育局', '市公安局', '市民政局']],
  ])('PLN-13 the first one names it for all: %s', (text, names) => {
    expect(namesIn(text)).toEqual(names)
  })

  it.each([
    '市生态环境局鸡冠分局、公安分局',
    '市市场监管局城关所、司法所',
    '市公安局治安支队、消防救援支队',
    '市公安局交警支队一大队、治安支队',
    '市公安局治安支队（牵头）、消防救援支队',
    '市消防救援支队、大队',
    '市公安局恒山分局、所',
  ])('PLN-13 where one may be another body’s, it is asked: %s', (text) => {
    expect(namesIn(text)).toBe('unclear')
  })
})

describe('what is no name', () => {
  it.each([
    ['仅本单位', 'unnamed'],
    ['县市场监管局及所属基层所', 'unnamed'],
    ['县市场监管局所属各所', 'unnamed'],
    ['市市场监管局所属各科室、队、所', 'unclear'],
    ['市场监管局（1家）', 'unclear'],
    ['不涉及其他部门', 'unclear'],
  ])('PLN-13 is asked about: %s', (text, kind) => {
    expect(readUnitsCell(text)?.kind).toBe(kind)
  })

  it('PLN-13 leaves the names beside it: 县市场监管局及所属基层所', () => {
    expect(readUnitsCell('县市场监管局及所属基层所')).toEqual({ kind: 'unnamed', names: ['县市场监管局'], unnamed: ['所属基层所'] })
    expect(namesIn('市直属机关工委、市民政局')).toEqual(['市直属机关工委', '市民政局'])
    expect(namesIn('市市场监管局（知识产权局）')).toEqual(['市市场监管局(知识产权局)'])
  })
})

describe('ways of drawing on one level and checking on another', () => {
  it.each([
    ['市抽市查和市抽县查', ['市抽市查', '市抽县查']],
    ['市抽市查、市抽县查', ['市抽市查', '市抽县查']],
    ['市抽县查', ['市抽县查']],
  ])('PLN-13 are each one: %s', (text, levels) => {
    expect(readLevelsCell(text)).toEqual({ levels, open: false })
  })

  it('PLN-13 of which one or the other is meant are asked about', () => {
    expect(readLevelsCell('市抽县查或县抽县查')).toBeUndefined()
  })
})
