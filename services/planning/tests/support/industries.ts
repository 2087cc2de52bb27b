import { changed, fourCoalCities } from './shipped.ts'

const preferring = changed(fourCoalCities, 'plan.jointPreferred', { extent: 'HIGH_FREQUENCY_INDUSTRIES', barInternalForJointItems: false })

/** A policy by which joint checks are the rule in the catering industry, and in no other. */
export const cateringJoint = changed(preferring, 'highFrequencyIndustries', [{ industry: '餐饮', codes: ['H62'] }])

/** The same without an industry: all is left open. */
export const noIndustryJoint = changed(preferring, 'highFrequencyIndustries', [])
