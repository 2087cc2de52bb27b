import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { refusal } from './resolve-error.ts'

const regionCode = '230300' as RegionCode
const at = '2026-03-02' as LocalDate
const preset = 'heilongjiang'

it('POL-03 POL-05 POL-06 says for each reason why a region has no policy, naming region, date, preset, key or document', () => {
  const told = [
    { fault: refusal({ code: 'region-unbound', regionCode, at }), names: [regionCode, at] },
    { fault: refusal({ code: 'binding-ambiguous', regionCode, at }), names: [regionCode, at] },
    { fault: refusal({ code: 'preset-missing', preset, at }), names: [preset, at] },
    { fault: refusal({ code: 'preset-cycle', preset }), names: [preset] },
    {
      fault: refusal({ code: 'preset-not-inherited', regionCode, preset, superior: 'samr-2024' }),
      names: [regionCode, preset, 'samr-2024'],
    },
    { fault: refusal({ code: 'draft-not-approved', preset, regionCode }), names: [preset, regionCode] },
    { fault: refusal({ code: 'override-not-allowed', key: 'publish.due', preset }), names: ['publish.due', preset] },
    { fault: refusal({ code: 'document-conflict', document: '001', preset }), names: ['001', preset] },
  ]
  for (const { fault, names } of told) for (const name of names) expect(fault.error.message).toContain(name)
  expect(new Set(told.map(({ fault }) => fault.error.message.replace(/\s/g, ''))).size).toBe(told.length)
  expect(told.filter(({ fault }) => fault.error.message.includes('undefined'))).toEqual([])
})
