import { describe, expect, it } from 'vitest'
import { fourCoalCities, policyOfPreset, shippedPresets, valueOf } from '../tests/shipped-presets.ts'
import { isPolicyKey, type PolicyKey, planDue, policyKeyNamed } from './index.ts'

/** Appendix B of the requirements, `status` apart, which is the preset's own. */
const rulesThatDiffer = `plan.internal.due plan.joint.due plan.dueExceptions plan.filing plan.adjustment plan.channel plan.coverage
  plan.jointPreferred plan.lineFields item.localPower item.keyControlled item.generalCapRequired item.offListRandom ratio.bands
  ratio.yearFloor repeat.lowRiskBar repeat.allowed daily.strength specialCheck.bar caseClue.route object.source inspector.scope
  inspector.labels inspector.modes inspector.delegation recusal.required draw.publishList draw.batchOrder draw.mergeSameObject joint.lead
  joint.regulatorRole joint.teamLeader check.methods result.types publish.due publish.lateEffect followup.entryDue publish.principle
  publish.channel repair.basis followup.assignee crime.receiver indicators exemption.rule sandbox whiteList crossRegion keyFields platform
  exemptFromJoint`.split(/\s+/)

/** Appendix E of the requirements: what no document says. */
const gaps = `lowRiskGrades repeat.scope repeat.allowedGrades ratio.rounding ratio.unclassified ratio.yearFloor.count ratio.keyFieldBands
  ratio.batchOrderThreshold coverageScope jointCountsForInternalCoverage inspector.minTeamSize inspector.officeStationPairing
  inspector.untrainedDrawable recusal.grounds redraw.reasons draw.publishList.timing unreachable.attempts watermark.fields
  archive.retention publication.due publication.clockStart publication.negativeTypes repair.applicationPeriod repair.sixFieldsScope
  delegation.feedbackDue clue.pushDue sandbox.start sandbox.extension whiteList.ratio crossRegion.meetings recognition.conflict
  indicator.formulas highFrequencyIndustries`.split(/\s+/)

/** The keys of Appendix B that 002 and 003 do not give. */
const silent = {
  'shanghai-2019': `plan.joint.due plan.lineFields ratio.bands ratio.yearFloor repeat.lowRiskBar repeat.allowed inspector.modes
    inspector.delegation recusal.required joint.teamLeader check.methods result.types publish.due publish.lateEffect followup.entryDue
    repair.basis followup.assignee indicators sandbox whiteList crossRegion exemptFromJoint`,
  'shaoxing-2019-draft': `plan.internal.due plan.adjustment plan.coverage item.keyControlled ratio.bands ratio.yearFloor repeat.lowRiskBar
    repeat.allowed inspector.modes inspector.delegation recusal.required draw.publishList draw.batchOrder result.types publish.due
    publish.lateEffect followup.entryDue repair.basis followup.assignee indicators exemption.rule sandbox whiteList crossRegion keyFields`,
} as const

describe('Appendix B', () => {
  it('POL-01 every rule that differs by jurisdiction is a policy key', () => {
    expect(rulesThatDiffer.filter((key) => !isPolicyKey(key))).toEqual([])
  })

  it.each(Object.entries(silent))('POL-04 %s gives every rule but those its document is silent on', (name, keys) => {
    const policy = policyOfPreset(name)
    const given = rulesThatDiffer.filter((key) => policy.find(key as PolicyKey) !== undefined)
    expect(rulesThatDiffer.filter((key) => !given.includes(key))).toEqual(rulesThatDiffer.filter((key) => keys.split(/\s+/).includes(key)))
    expect(given.length + keys.split(/\s+/).length).toBe(rulesThatDiffer.length)
  })

  it('PLN-04 the 2019 plan of shanghai-2019 was due by the end of March, every later one by the end of January', () => {
    const policy = policyOfPreset('shanghai-2019')
    expect(valueOf(planDue(policy, 'INTERNAL', 2019)).date).toBe('2019-03-31')
    expect(valueOf(planDue(policy, 'INTERNAL', 2020)).date).toBe('2020-01-31')
    expect(planDue(policy, 'JOINT', 2020)).toMatchObject({ ok: false, error: { key: 'plan.joint.due' } })
  })

  it('PLN-14 REG-14 shanghai-2019 covers all of the list in force, and says in one key how often each item is checked, special circumstances apart', () => {
    const policy = policyOfPreset('shanghai-2019')
    expect(policy.find('plan.coverage')).toEqual({ levels: ['CITY', 'COUNTY'], lists: [] })
    expect(policy.find('item.yearlyCheck')).toEqual({ times: 1 })
    expect(policy.origin('item.yearlyCheck')?.strength).toBe('by-default')
  })

  it('ACC-03 ACC-04 shanghai-2019 lists five cases of liability and five of exemption', () => {
    const rule = policyOfPreset('shanghai-2019').find('exemption.rule')
    expect([rule?.accountableCases?.length, rule?.exemptCases?.length]).toEqual([5, 5])
  })

  it('JNT-01 shaoxing-2019-draft has the market regulator lead, and each department its own joint items', () => {
    expect(policyOfPreset('shaoxing-2019-draft').find('joint.lead')).toMatchObject({
      overall: 'MARKET_REGULATOR',
      exceptions: [{ lead: 'INDUSTRY_DEPARTMENT' }],
    })
  })
})

describe('Appendix E', () => {
  it('POL-04 the pilot’s presets decide every gap or say why not, and label what is their own', () => {
    const lineage = fourCoalCities.content.lineage.map(({ preset }) => preset)
    const unset = new Map(shippedPresets.filter(({ name }) => name === lineage.at(-1)).flatMap((preset) => [...preset.unset]))
    const undecided = gaps.filter((name) => {
      const key = policyKeyNamed(name)
      if (key === undefined) return true
      const origin = fourCoalCities.origin(key)
      if (origin === undefined) return !unset.has(key)
      return origin.document.kind === 'local' ? origin.label !== 'local' : origin.label !== undefined
    })
    expect(undecided).toEqual([])
  })
})
