import { describe, expect, it } from 'vitest'
import { policyOfPreset, shippedPresets } from '../../tests/shipped-presets.ts'
import { policyKeys } from '../index.ts'

const takes = (value: unknown): boolean => policyKeys['draw.professionalStrata'].schema.safeParse(value).success
const food = { field: '食品', specialities: ['食品'] }

describe('fields whose classes build strata', () => {
  it('CRD-20 are those of the one document that asks for risk-classified random checks', () => {
    const named = shippedPresets.flatMap(({ name }) => {
      const fields = policyOfPreset(name).find('draw.professionalStrata')
      return fields === undefined ? [] : [[name, ...fields.map(({ field }) => field)]]
    })
    expect(named).toEqual([['shanghai-2019', '食品', '药品', '特种设备', '工业产品质量']])
  })

  it('CRD-13 CRD-20 are named once each, with a speciality at least, and count each class as one grade', () => {
    expect(takes([food])).toBe(true)
    expect(takes([])).toBe(false)
    expect(takes([food, food])).toBe(false)
    expect(takes([{ ...food, specialities: [] }])).toBe(false)
    expect(takes([{ ...food, classes: [{ class: 'H', as: 'D' }] }])).toBe(true)
    expect(takes([{ ...food, classes: ['C', 'D'].map((as) => ({ class: 'H', as })) }])).toBe(false)
    expect(takes([{ ...food, classes: [{ class: '高', as: 'D' }] }])).toBe(false)
  })
})
