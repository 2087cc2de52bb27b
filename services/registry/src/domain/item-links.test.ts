import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { missingLinks, unfitDocuments } from './item-links.ts'

const internal = checkItem('A')
const joint = checkItem('J', { listType: 'JOINT' })
const entry = [{ code: '1', name: '权责事项' }]
const documents = (...kinds: Parameters<typeof unfitDocuments>[1][number]['kind'][]) =>
  kinds.map((kind) => ({ id: kind.toLowerCase(), kind }))

describe('links of an item', () => {
  it('REG-15 an item without entries of the power list and the supervision list is told of', () => {
    const both = documents('SAMPLE_FORM', 'IMPLEMENTING_RULES', 'WORK_GUIDELINE')
    expect(missingLinks(internal, undefined, both)).toEqual(['POWER_LIST', 'SUPERVISION_LIST'])
    expect(missingLinks(internal, { powerEntries: entry, supervisionEntries: [] }, both)).toEqual(['SUPERVISION_LIST'])
    expect(missingLinks(internal, { powerEntries: entry, supervisionEntries: entry }, both)).toEqual([])
  })

  it('REG-20 an internal item goes with forms, implementing rules and guideline, a joint item with joint measures and guideline', () => {
    const linked = { powerEntries: entry, supervisionEntries: entry }
    expect(missingLinks(internal, linked, [])).toEqual(['SAMPLE_FORM', 'IMPLEMENTING_RULES', 'WORK_GUIDELINE'])
    expect(missingLinks(joint, linked, documents('SAMPLE_FORM'))).toEqual(['JOINT_MEASURES', 'JOINT_GUIDELINE'])
    expect(unfitDocuments(internal, documents('SAMPLE_FORM', 'JOINT_MEASURES')).map(({ kind }) => kind)).toEqual(['JOINT_MEASURES'])
    expect(unfitDocuments(joint, documents('JOINT_GUIDELINE', 'IMPLEMENTING_RULES')).map(({ kind }) => kind)).toEqual([
      'IMPLEMENTING_RULES',
    ])
  })
})
