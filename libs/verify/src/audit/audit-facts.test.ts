import { type InspectorFacts, labelBlinder, type MatchFacts, type MatchInput, matchFactsText, parseNdjson } from '@dual-random/draw'
import type { Instant, LocalDate } from '@dual-random/kernel'
import { utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { type DemoFiles, demoBundle, demoFamily, namedFiles } from '../../tests/index.ts'
import { auditDraw, type VerifyOptions } from '../index.ts'
import { auditFacts } from './audit-facts.ts'
import type { CityPool } from './audit-pool.ts'

const nodeHash: VerifyOptions['hash'] = (name) => ({ name, digest: (bytes) => digest(name, bytes) })
const unitId = 'bureau-230300'
const bundle = demoBundle()

type Line = { readonly object?: { readonly label: string; readonly specialities: readonly string[] }; readonly inspector?: object }
const linesOf = (draw: DemoFiles): readonly Line[] => {
  const lines = parseNdjson(new TextDecoder().decode(draw.private.matchInput.bytes))
  if (!lines.ok) throw new Error(lines.error.reason)
  return lines.value as unknown as readonly Line[]
}

/** What registry answers of an honest draw: what its matching rests on. */
function factsOf(draw: DemoFiles): MatchFacts {
  const { snapshot } = JSON.parse(draw.commitment) as { readonly snapshot: { readonly asOf: Instant } }
  const lines = linesOf(draw)
  return {
    drawId: draw.drawId,
    regionCode: '230300',
    asOf: snapshot.asOf,
    inspectors: lines.flatMap(({ inspector }) => {
      if (inspector === undefined) return []
      const { available: _available, load: _load, ...known } = inspector as InspectorFacts & { available: boolean; load: number }
      return [{ ...known, unitId, recusalScope: true }]
    }),
    objects: lines
      .flatMap(({ object }) => (object === undefined ? [] : [{ ...object, recusals: [], lastInspectors: [] }]))
      .map(({ label, specialities, recusals, lastInspectors }) => ({ label, specialities, recusals, lastInspectors })),
  }
}

function found(draw: DemoFiles, facts: MatchFacts | undefined): readonly string[] {
  const audit = auditDraw(
    {
      ...namedFiles(draw),
      objects: draw.private.objects,
      exclusions: draw.private.exclusions,
      matchInputs: new Map([[unitId, draw.private.matchInput]]),
      key: { name: 'key', bytes: draw.private.key },
      ...(facts === undefined ? {} : { facts: { name: 'match-facts.ndjson', bytes: utf8(matchFactsText(facts)) } }),
    },
    nodeHash,
  )
  if (!audit.ok) throw new Error(JSON.stringify(audit.error))
  return audit.value.findings.map(({ file, where, code }) => `${code} ${file} ${where}`)
}
const facts = factsOf(bundle)
const input = `match-inputs/${unitId}.ndjson`
const [first, ...others] = facts.inspectors
if (first === undefined) throw new Error('no inspector')
const withFirst = (change: Partial<InspectorFacts>) => found(bundle, { ...facts, inspectors: [{ ...first, ...change }, ...others] })

describe('the audit of a unit’s file by what registry says', () => {
  it('DRW-31 finds nothing where drawing took what registry said', () => expect(found(bundle, facts)).toEqual([]))

  it('DRW-31 finds an inspector that was left out, and one that registry does not have for the unit', () => {
    const more = { ...first, ...labelBlinder(nodeHash('sha256'), bundle.private.key, 'inspector', bundle.drawId)('left-out') }
    expect(found(bundle, { ...facts, inspectors: [...facts.inspectors, more] })).toEqual([
      expect.stringMatching(/^label-missing match-facts\.ndjson line \d+ \/inspector$/),
    ])
    expect(found(bundle, { ...facts, inspectors: others })).toEqual([`label-missing ${input} line 2 /inspector/label`])
    expect(withFirst({ unitId: 'another' })).toEqual([`label-missing ${input} line 2 /inspector/label`])
  })

  it('DRW-31 finds another qualification, speciality or home than registry has, and who is kept out as without a recusal scope', () => {
    expect(withFirst({ validTo: '2026-01-01' as LocalDate })).toEqual([`differs ${input} line 2 /inspector/validTo`])
    expect(withFirst({ validTo: null })).toEqual([`differs ${input} line 2 /inspector/validTo`])
    expect(withFirst({ homeKind: 'STATION', homeUnitId: 's' })).toEqual([
      `differs ${input} line 2 /inspector/homeKind`,
      `differs ${input} line 2 /inspector/homeUnitId`,
    ])
    expect(withFirst({ specialities: ['fire'] })[0]).toMatch(/line 2 \/inspector\/specialities/)
    // Whether one without a scope is available, policy says.
    expect(withFirst({ recusalScope: false })).toEqual([])
  })

  it('DRW-14 DRW-31 finds a recusal that the unit’s file does not have', () => {
    const [object, ...further] = facts.objects
    if (object === undefined) throw new Error('no object asks for anything')
    const recused = { ...object, recusals: [{ inspector: first.label, ground: '曾任职' }] }
    expect(found(bundle, { ...facts, objects: [recused, ...further] })).toEqual([
      expect.stringMatching(/^differs \S+ line \d+ \/object\/recusals$/),
    ])
    const asking = new Set(facts.objects.map(({ label }) => label))
    const quiet = JSON.parse(
      bundle.roster.split('\n').find((line) => line.includes('"excluded":false') && !asking.has(/"label":"(\w+)"/.exec(line)?.[1] ?? '')) ??
        '{}',
    ) as { label: string }
    const alone = { label: quiet.label, specialities: [], recusals: recused.recusals, lastInspectors: [] }
    expect(found(bundle, { ...facts, objects: [...facts.objects, alone] })).toEqual([
      expect.stringMatching(/^label-missing match-facts\.ndjson line \d+ \/object\/recusals$/),
    ])
    // Of another unit's inspector this one's file says nothing.
    const elsewhere = { ...recused, recusals: [{ inspector: 'f'.repeat(64), ground: '曾任职' }] }
    expect(found(bundle, { ...facts, objects: [elsewhere, ...further] })).toEqual([])
  })

  it('DRW-15 DRW-31 finds another last inspector than registry has, and any where policy asks nothing of them', () => {
    const [label, quiet] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string]
    const objectFacts = (of: string, ...lastInspectors: readonly string[]) => ({
      label: of,
      specialities: [],
      recusals: [],
      lastInspectors,
    })
    const check = (told: readonly string[], lastInspector: MatchInput['lastInspector'], rematch?: true) => {
      const placed = {
        ...facts,
        name: 'match-facts.ndjson',
        inspectors: [],
        objects: [
          { ...objectFacts(label, first.label, 'f'.repeat(64)), line: 'line 2' },
          { ...objectFacts(quiet, first.label), line: 'line 3' },
        ],
      }
      const home = { objects: [{ label }, { label: quiet }] } as unknown as CityPool
      const unitFile = {
        inspectors: [{ ...first, available: true, load: 0 }],
        objects: [objectFacts(label, ...told)],
        lastInspector,
        ...(rematch === undefined ? {} : { rematch }),
      }
      const findings = [...auditFacts(placed, home, { unitId, file: { name: 'f', bytes: utf8('') }, input: unitFile })]
      return findings.map(({ code, where }) => `${code} ${where}`).filter((one) => one.includes('lastInspectors'))
    }
    const without = 'label-missing line 3 /object/lastInspectors'
    expect(check([first.label], 'prefer')).toEqual([without])
    expect(check([], 'strict')).toEqual(['differs line 3 /object/lastInspectors', without])
    // In a re-match the unit has lines for its own objects alone (§18).
    expect(check([first.label], 'prefer', true)).toEqual([])
    expect(check([], 'ignore')).toEqual([])
    expect(check([first.label], 'ignore')).toEqual(['differs line 3 /object/lastInspectors', 'differs line 3 /object/lastInspectors/0'])
  })

  it('DRW-31 takes an answer about this draw, city and instant alone, and of its form', () => {
    const headed = (change: Partial<MatchFacts>) => found(bundle, { ...facts, ...change })
    expect(headed({ drawId: 'e'.repeat(64) })).toEqual(['differs match-facts.ndjson line 1 /drawId'])
    expect(headed({ regionCode: '230400' })).toEqual(['differs match-facts.ndjson line 1 /regionCode'])
    expect(headed({ asOf: '2026-01-01T00:00:00.000Z' as Instant })).toEqual(['differs match-facts.ndjson line 1 /asOf'])
    expect(withFirst({ homeKind: 'HOME' as 'OFFICE' })).toEqual(['not-a match-facts.ndjson line 2 /inspector/homeKind'])
  })

  it('DRW-30 DRW-31 a redraw asks for what objects need as of its own snapshot, though its private file is the parent’s', () => {
    const [, redraw] = demoFamily([{ purpose: 'replacement', labels: [0, 1] }], { witnessed: true })
    if (redraw === undefined) throw new Error('no redraw')
    const own = factsOf(redraw)
    const drawable = new Set(
      redraw.roster.split('\n').flatMap((line) => (line.includes('"excluded":false') ? (/"label":"(\w+)"/.exec(line)?.[1] ?? []) : [])),
    )
    // The demo's redraw keeps its parent's exclusions and file of matching: of its findings those about needs count here.
    const aboutNeeds = (objects: MatchFacts['objects'] | undefined) =>
      found(redraw, objects && { ...own, objects }).filter((one) => one.endsWith('/specialities') || one.endsWith('/needs'))
    const changed = own.objects.find(({ label }) => drawable.has(label))
    if (changed === undefined) throw new Error('no object asks for anything')
    expect(aboutNeeds(own.objects)).toEqual([])
    expect(aboutNeeds(own.objects.map((one) => (one === changed ? { ...one, specialities: ['fire', 'food'] } : one)))).toEqual([
      expect.stringMatching(/^label-missing match-facts\.ndjson line \d+ \/object\/specialities$/),
    ])
    expect(aboutNeeds(own.objects.filter((one) => one !== changed))).toEqual([
      expect.stringMatching(/^differs \S+ line \d+ \/object\/specialities$/),
    ])
    // Without registry's answer nothing tells what they need by now.
    const { private: files } = redraw
    const less = new TextDecoder().decode(files.objects.bytes).replaceAll('"needs":["food"]', '"needs":[]')
    const elsewhere = { ...redraw, private: { ...files, objects: { ...files.objects, bytes: utf8(less) } } }
    expect(found(elsewhere, undefined).filter((one) => one.endsWith('/specialities'))).toEqual([])
  })
})
