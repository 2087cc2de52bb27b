import { allPolicyKeys, type PolicyKey } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { packageSources, partsOf, readsKey, unreadParts } from './support/policy-readers.ts'

/** Keys that no code reads yet, with the rows that will have it read. */
const readLater: Partial<Record<PolicyKey, string>> = {
  'archive.contents': 'INS-10',
  'archive.retention': 'INS-12',
  'clue.pushDue': 'FUP-02',
  'crime.receiver': 'FUP-06',
  'crossRegion.meetings': 'XRG-02',
  'exemption.rule': 'ACC-02 to ACC-05',
  'followup.assignee': 'FUP-01',
  'followup.entryDue': 'FUP-13',
  'inspector.labels': 'REG-33',
  'joint.regulatorRole': 'JNT-09',
  platform: 'INT-07',
  'recognition.conflict': 'XRG-07',
  'repair.applicationPeriod': 'PUB-17',
  'repair.basis': 'PUB-17 to PUB-21',
  'repair.sixFieldsScope': 'PUB-20',
  'watermark.fields': 'INS-13',
}

/** Parts of keys that are read which nobody names, with the reason. */
const partsApart: Partial<Record<PolicyKey, { readonly parts: readonly string[]; readonly why: string }>> = {
  'caseClue.route': {
    parts: ['DRAW_KEY_OBJECTS', 'DOUBLE_RANDOM_IDEA'],
    why: 'both lead to a draw: what stands apart is a special check, and nothing stated',
  },
}

const sources = packageSources()

/** What may read a value: the packages that ask for its key and the libs that they hand it to; where the policy lib itself asks, all. */
const readers = new Map(
  allPolicyKeys.map((key) => {
    const asking = sources.filter(({ text }) => readsKey(text, key))
    const isForAll = asking.some(({ name }) => name === 'libs/policy')
    const libs =
      asking.length === 0 ? [] : sources.filter(({ name }) => name.startsWith('libs/') && !asking.some((each) => each.name === name))
    return [key, isForAll ? sources : [...asking, ...libs]] as const
  }),
)

const textOf = (key: PolicyKey): string => (readers.get(key) ?? []).map(({ text }) => text).join('\n')

const read = allPolicyKeys.filter((key) => (readers.get(key) ?? []).length > 0)

const unreadIn = new Map(
  read.flatMap((key) => {
    const parts = unreadParts(partsOf(key), textOf(key))
    return parts.length === 0 ? [] : [[key, parts] as const]
  }),
)

describe('the values of policy', () => {
  it('POL-01 are read, every key but those of rows to come', () => {
    expect(sources.length).toBeGreaterThan(20)
    expect(allPolicyKeys.filter((key) => !read.includes(key)).sort()).toEqual(Object.keys(readLater).sort())
  })

  it('POL-01 are read in every part: members by name, choices by each option but one', () => {
    const excused = Object.entries(partsApart).map(([key, { parts }]) => [key, parts])
    expect(Object.fromEntries(unreadIn)).toEqual(Object.fromEntries(excused))
  })
})

describe('what counts as a reading', () => {
  it.each([
    "policy.find('keyFields')?.members",
    "policy.get(\n    'keyFields',\n  )",
    "requireValue(read, 'keyFields')",
    "const rule = 'keyFields'",
    "return 'keyFields'",
    "find(a === 'B' ? 'keyFields' : 'c.d')",
    "find(a === 'B' ? 'c.d' : 'keyFields')",
  ])('is %s', (text) => {
    expect(readsKey(text, 'keyFields')).toBe(true)
  })

  it.each(["PolicyValues['keyFields']", "policy.origin('keyFields')", "policy.find('keyFields.protected')", "{ rule: 'keyFields' }"])(
    'is not %s',
    (text) => {
      expect(readsKey(text, 'keyFields')).toBe(false)
    },
  )

  it('is of every member, and of every option but the one that is left', () => {
    const parts = { members: ['extent', 'barred'], choices: [['A', 'B', 'C']] }
    expect(unreadParts(parts, "extent === 'A' || extent === 'B' ? barred : 0")).toEqual([])
    expect(unreadParts(parts, 'const barred = { extent: 1, A: 2, B: 3 }')).toEqual([])
    expect(unreadParts(parts, "extent === 'A'")).toEqual(['barred', 'B', 'C'])
  })

  it('looks at members at every depth, and not at the identifiers of what carries its own text', () => {
    expect(partsOf('plan.jointPreferred')).toEqual({
      members: ['extent', 'barInternalForJointItems'],
      choices: [['HIGH_FREQUENCY_INDUSTRIES', 'INTERNAL_COMBINED', 'ALL']],
    })
    expect(partsOf('plan.channel')).toEqual({ members: ['text'], choices: [] })
  })
})
