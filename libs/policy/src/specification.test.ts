import { describe, expect, it } from 'vitest'
import { appendixB } from '../tests/appendix-b.ts'
import { fourCoalCities, heilongjiang, policyOfPreset, shippedPresets, valueOf } from '../tests/shipped-presets.ts'
import { isPolicyKey, planDue, policyKeyNamed } from './index.ts'

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

/** A value without the texts that people read: of a list of named members, their identifiers. */
function gist(value: unknown): unknown {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    return list.map((element) => (typeof element === 'object' && element !== null && 'id' in element ? element.id : gist(element)))
  }
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([name]) => name !== 'text' && name !== 'note')
  return Object.fromEntries(members.map(([name, member]) => [name, gist(member)]))
}

describe('Appendix B', () => {
  it('POL-01 every rule that differs by jurisdiction is a policy key', () => {
    expect(rulesThatDiffer.filter((key) => !isPolicyKey(key))).toEqual([])
  })

  it.each(Object.entries(appendixB))(
    'POL-01 POL-02 POL-04 %s gives what its document says, and leaves unset what it does not',
    (name, given) => {
      const { values } = policyOfPreset(name).content
      const found = rulesThatDiffer.filter((key) => values.has(key)).map((key) => [key, gist(values.get(key)?.value)])
      expect(Object.fromEntries(found)).toEqual(given)
    },
  )

  it('POL-02 ships the five presets, and all of them are held against their documents', () => {
    const ofDocuments = shippedPresets.map(({ name }) => name).filter((name) => !name.startsWith('local/'))
    expect(Object.keys(appendixB).sort()).toEqual(ofDocuments)
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

describe('rules of the lists', () => {
  it.each([
    ['shanghai-2019', ['PUBLICITY_SYSTEM']],
    ['heilongjiang', ['RELATED_WEBSITES', 'RELATED_PLATFORMS']],
    ['shaoxing-2019-draft', ['PUBLIC']],
    ['samr-2024', ['PUBLIC']],
    ['samr-2023-draft', ['PUBLIC']],
  ])('REG-12 %s has its lists made public through %j', (name, channels) => {
    expect(gist(valueOf(policyOfPreset(name).get('item.listChannel')))).toEqual(channels)
  })

  it('REG-07 samr-2023-draft alone asks a province for the national list in full, and local regulations behind what it adds', () => {
    const asking = Object.keys(appendixB).filter((name) => policyOfPreset(name).find('item.provincialList') !== undefined)
    expect(asking).toEqual(['samr-2023-draft'])
    expect(valueOf(policyOfPreset('samr-2023-draft').get('item.provincialList'))).toEqual({
      department: '市场监管',
      baseEdition: '市场监管总局随机抽查事项清单',
      basisKinds: ['LOCAL_REGULATION'],
    })
  })

  it.each([
    ['samr-2024', ['KEY_LIST_MATTER', 'CLUE'], 'by-default', '二(六)'],
    ['heilongjiang', ['KEY_LIST_MATTER', 'CLUE', 'STATUTORY_DUTY'], 'by-default', '三(六)'],
    ['shaoxing-2019-draft', ['KEY_LIST_MATTER', 'CLUE'], 'by-default', '四(四)'],
    ['samr-2023-draft', ['KEY_LIST_MATTER', 'CLUE'], 'shall', '一(二)'],
    ['shanghai-2019', ['KEY_LIST_MATTER', 'CLUE', 'STATUTORY_DUTY', 'LEGAL_EXEMPTION'], 'may', '一(三)'],
  ])('TGT-02 TGT-13 TGT-14 %s has checks without a draw on %j', (name, grounds, strength, clause) => {
    const policy = policyOfPreset(name)
    expect(gist(valueOf(policy.get('check.withoutDraw')))).toEqual(grounds)
    expect(policy.origin('check.withoutDraw')).toMatchObject({ preset: name, strength, clause })
  })

  it('POL-06 TGT-14 the pilot has checks without a draw on what its province has, which it may not change', () => {
    expect(gist(valueOf(fourCoalCities.get('check.withoutDraw')))).toEqual(['KEY_LIST_MATTER', 'CLUE', 'STATUTORY_DUTY'])
    expect(fourCoalCities.origin('check.withoutDraw')).toMatchObject({ preset: 'heilongjiang', overridable: false })
  })

  it('REG-14 shanghai-2019 alone asks for each listed item at least once a year', () => {
    const asking = Object.keys(appendixB).filter((name) => policyOfPreset(name).find('item.yearlyCheck') !== undefined)
    expect(asking).toEqual(['shanghai-2019'])
    expect(valueOf(policyOfPreset('shanghai-2019').get('item.yearlyCheck'))).toEqual({ times: 1 })
  })

  it('REG-16 heilongjiang expects 77 items and 89 classes of supervision matters of its editions', () => {
    const { lists } = valueOf(heilongjiang.get('plan.coverage'))
    expect(lists.map(({ planType, entries, counts }) => [planType, entries, counts ?? 'ITEMS'])).toEqual([
      ['JOINT', 89, 'SUPERVISION_MATTERS'],
      ['INTERNAL', 77, 'ITEMS'],
    ])
  })

  it('REG-17 the province keeps the joint list of heilongjiang, the city that of shaoxing, whose government approves it', () => {
    expect(valueOf(heilongjiang.get('item.jointList'))).toEqual({ level: 'PROVINCE', department: '市场监管' })
    expect(valueOf(policyOfPreset('shaoxing-2019-draft').get('item.jointList'))).toEqual({
      level: 'CITY',
      department: '市场监管',
      approval: { department: '人民政府' },
    })
  })

  it('CRD-03 heilongjiang grades A, B, C and D, from low to high; no other document has grades', () => {
    expect(valueOf(heilongjiang.get('gradeScheme')).lowToHigh).toEqual(['A', 'B', 'C', 'D'])
    const graded = Object.keys(appendixB).filter((name) => policyOfPreset(name).find('gradeScheme') !== undefined)
    expect(graded).toEqual(['heilongjiang'])
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

  it.each([
    ['CRD-10', 'lowRiskGrades', ['A'], 'local'],
    ['CRD-16', 'ratio.unclassified', { mode: 'OWN_STRATUM', ratioBy: 'PLANNER' }, 'local'],
    ['CRD-17', 'ratio.rounding', { mode: 'UP', flagOvershoot: true }, 'local'],
    ['CRD-07', 'repeat.allowedGrades', { grades: ['B', 'C'], reasonRequired: true }, 'local'],
    ['CRD-08', 'ratio.yearFloor.count', { numerator: 'DISTINCT_ENTERPRISES', denominatorAsOf: 'PLAN_FILING' }, 'local'],
    ['CRD-09', 'repeat.scope', { acrossLevels: true, acrossJointChecks: true, acrossRegions: true }, 'local'],
    ['REG-14', 'item.yearlyCheck.alertLeadDays', 60, 'local'],
    [
      'PLN-04',
      'plan.reminderLeadDays',
      {
        planDue: 14,
        windowOpening: 7,
        windowEnding: 14,
        filingUndecided: 7,
        acceptedUnpublished: 7,
        adjustmentWaiting: 7,
        clueDue: 2,
        assignmentOpen: 7,
      },
      'local',
    ],
    ['REG-34', 'inspector.personnelNature', ['ENFORCEMENT_CIVIL_SERVANT', 'QUALIFIED_STAFF', 'DAILY_SUPERVISION_STAFF'], 'borrowed'],
    ['REG-40', 'inspector.untrainedDrawable', false, 'local'],
  ] as const)('%s no document that the pilot stands on gives %s; its value %j is labelled %s', (_row, key, value, label) => {
    for (const name of Object.keys(appendixB)) expect(policyOfPreset(name).find(key), name).toBeUndefined()
    expect(gist(valueOf(fourCoalCities.get(key)))).toEqual(value)
    expect(fourCoalCities.origin(key)?.label).toBe(label)
  })
})
