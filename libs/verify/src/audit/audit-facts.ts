import { compareHex, type MatchInput, type MatchInspector, type ObjectNeeds } from '@dual-random/draw'
import type { NamedFile } from '@dual-random/draw/forms'
import type { Json } from '@dual-random/kernel'
import { type CityPool, inFile } from './audit-pool.ts'
import type { Findings } from './finding.ts'
import type { PlacedFacts } from './read-facts.ts'
import { sameTree } from './same-tree.ts'

interface UnitFile {
  readonly unitId: string
  readonly file: NamedFile
  readonly input: Pick<MatchInput, 'inspectors' | 'objects' | 'rematch' | 'lastInspector'>
}

/** §11: a unit's file has every inspector whom registry answers for it, as registry has them, and nobody else; who is recused, and who checked last, is so there. */
export function* auditFacts(facts: PlacedFacts, home: CityPool, of: UnitFile): Findings {
  yield* auditCandidates(facts, of)
  yield* auditRecusals(facts, home, of)
  yield* auditLastInspectors(facts, home, of)
}

function* auditCandidates(facts: PlacedFacts, { unitId, file, input: { inspectors } }: UnitFile): Findings {
  const known = new Map(facts.inspectors.flatMap((one) => (one.unitId === unitId ? [[one.label, one] as const] : [])))
  // Policy says whether one without a recusal scope may be matched: it says the same of all.
  const unscoped = inspectors.find(({ label }) => known.get(label)?.recusalScope === false)
  for (const [index, inspector] of inspectors.entries()) {
    const where = `line ${index + 2} /inspector`
    const { label, homeKind, homeUnitId, specialities, validTo, available } = inspector
    const fact = known.get(label)
    if (fact === undefined) {
      yield { file: file.name, where: `${where}/label`, code: 'label-missing', label, missingFrom: facts.name }
      continue
    }
    const expected: Partial<MatchInspector> = {
      homeKind: fact.homeKind,
      homeUnitId: fact.homeUnitId,
      specialities: fact.specialities,
      validTo: fact.validTo,
      available: fact.recusalScope || unscoped?.available === true,
    }
    yield* inFile(file, sameTree(where, { homeKind, homeUnitId, specialities: [...specialities], validTo, available }, { ...expected }))
  }
  const told = new Set(inspectors.map(({ label }) => label))
  for (const { label, line } of known.values())
    if (!told.has(label)) yield { file: facts.name, where: `${line} /inspector`, code: 'label-missing', label, missingFrom: file.name }
}

function* auditRecusals(facts: PlacedFacts, home: CityPool, of: UnitFile): Findings {
  const own = labelsIn(of)
  const recused = new Map(facts.objects.map((one) => [one.label, one.recusals.filter(({ inspector }) => own.has(inspector))]))
  yield* auditMember(facts, home, of, 'recusals', recused, ({ recusals }, expected) => {
    const isExpected = new Set(expected.map(({ inspector }) => inspector))
    // Who left a team in a redraw is recused beside those of the register (§18).
    const compared = of.input.rematch === true ? recusals.filter(({ inspector }) => isExpected.has(inspector)) : recusals
    return compared.toSorted((a, b) => compareHex(a.inspector, b.inspector))
  })
}

/** Nobody is named where policy asks nothing of them. */
function* auditLastInspectors(facts: PlacedFacts, home: CityPool, of: UnitFile): Findings {
  const own = of.input.lastInspector === 'ignore' ? new Set<string>() : labelsIn(of)
  const last = new Map(facts.objects.map((one) => [one.label, one.lastInspectors.filter((inspector) => own.has(inspector))]))
  yield* auditMember(facts, home, of, 'lastInspectors', last, ({ lastInspectors }) => [...lastInspectors])
}

const labelsIn = ({ input }: UnitFile): ReadonlySet<string> => new Set(input.inspectors.map(({ label }) => label))

/** What registry says of the unit's inspectors at each object stands in the object's line; one that has none has nothing to say. `found` gives what of a line is compared. */
function* auditMember<One extends Json>(
  facts: PlacedFacts,
  home: CityPool,
  { file, input: { inspectors, objects, rematch } }: UnitFile,
  member: 'recusals' | 'lastInspectors',
  said: ReadonlyMap<string, readonly One[]>,
  found: (needs: ObjectNeeds, expected: readonly One[]) => readonly One[],
): Findings {
  const ofCity = new Set(home.objects.map(({ label }) => label))
  for (const [index, needs] of objects.entries()) {
    if (!ofCity.has(needs.label)) continue
    const expected = said.get(needs.label) ?? []
    yield* inFile(file, sameTree(`line ${2 + inspectors.length + index} /object/${member}`, [...found(needs, expected)], [...expected]))
  }
  // In a rematch a unit has lines for its own objects alone (§18).
  if (rematch === true) return
  const told = new Set(objects.map(({ label }) => label))
  for (const { label, line } of facts.objects)
    if (!told.has(label) && (said.get(label)?.length ?? 0) > 0)
      yield { file: facts.name, where: `${line} /object/${member}`, code: 'label-missing', label, missingFrom: file.name }
}
