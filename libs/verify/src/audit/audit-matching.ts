import {
  compareHex,
  compareText,
  type MatchInput,
  type MatchInspector,
  type MatchRecord,
  matchInspectors,
  type ObjectNeeds,
  type Transcript,
  transcriptDigest,
} from '@dual-random/draw'
import { type NamedFile, readJsonFile } from '@dual-random/draw/forms'
import { toHex } from '@dual-random/kernel'
import { parseLogLine } from '@dual-random/witness'
import { same } from '../difference.ts'
import { auditFacts } from './audit-facts.ts'
import { auditLabels } from './audit-labels.ts'
import { type Audited, type CityPool, inFile, labelsOf, readSigned } from './audit-pool.ts'
import type { Finding, Findings } from './finding.ts'
import { matchInputLineShape, matchRecordShape } from './private-shapes.ts'
import { sameTree } from './same-tree.ts'

type Header = Omit<MatchInput, 'inspectors' | 'objects'> & { readonly type: string }
type Line = Header | { readonly inspector: MatchInspector } | { readonly object: ObjectNeeds }

/** §11: one matching unit's private file: its digest in S, its inspectors' labels under K, what its objects ask for. */
export function* auditMatchInput(
  { hash, commitment }: Audited,
  pools: readonly CityPool[],
  unitId: string,
  file: NamedFile,
): Generator<Finding, MatchInput | undefined, undefined> {
  const digest = commitment.matchInputs.find((input) => input.unitId === unitId)?.digest ?? ''
  const lines = yield* readSigned<Line>(hash, file, digest, matchInputLineShape)
  const [header, ...rest] = lines
  if (header === undefined) return undefined
  const stray = lines.findIndex(
    (line, index) => rankOf(line) < rankOf(lines[index - 1] ?? header) || (rankOf(line) === 0) !== (index === 0),
  )
  if (stray >= 0 || !('type' in header)) {
    yield { file: file.name, where: `line ${stray + 1}`, code: 'out-of-order' }
    return undefined
  }
  yield* inFile(file, same('line 1 /drawId', header.drawId, commitment.drawId))
  yield* inFile(file, same('line 1 /unitId', header.unitId, unitId))
  const { own, of } = header.cities ?? { own: commitment.regionCode, of: [commitment.regionCode] }
  const home = pools.find(({ regionCode }) => regionCode === own)
  if ((commitment.joint === undefined) !== (header.cities === undefined) || home === undefined) {
    yield { file: file.name, where: 'line 1 /cities', code: 'rule-broken', rule: 'not-a-part' }
    return undefined
  }
  const inspectors = rest.flatMap((line) => ('inspector' in line ? line.inspector : []))
  const placed = inspectors.map((inspector, index) => ({ ...inspector, line: `line ${index + 2}`, pointer: '/inspector' }))
  yield* inFile(file, auditLabels(hash, { key: home.key, kind: 'inspector', drawId: labelsOf(commitment) }, placed))
  const objects = rest.flatMap((line) => ('object' in line ? line.object : []))
  const matched = pools.filter(({ regionCode }) => of.includes(regionCode))
  yield* auditNeeds(file, objects, 2 + inspectors.length, matched)
  const { type: _, ...given } = header
  const input = { ...given, inspectors, objects }
  if (home.facts !== undefined) yield* auditFacts(home.facts, home, { unitId, file, input })
  return input
}

/** The header first, then inspectors, then objects. */
const rankOf = (line: Line): number => ('type' in line ? 0 : 'inspector' in line ? 1 : 2)

/** A unit's items ask of an object nothing that registry did not write of it at the freeze. */
function* auditNeeds(file: NamedFile, needs: readonly ObjectNeeds[], firstLine: number, pools: readonly CityPool[]): Findings {
  // Undefined where nothing tells what the objects of a city ask for, nothing where they ask for nothing.
  const asked = new Map(pools.flatMap(({ objects, asked: told }) => objects.map(({ label }) => [label, told && ([] as readonly string[])])))
  for (const { label, needs: needed } of pools.flatMap((pool) => pool.asked ?? [])) asked.set(label, needed.toSorted(compareText))
  const objectsName = pools.map((pool) => pool.objectsName).join(', ')
  let before = ''
  for (const [index, { label, specialities }] of needs.entries()) {
    const where = `line ${firstLine + index} /object`
    if (compareHex(before, label) >= 0) yield { file: file.name, where: `${where}/label`, code: 'out-of-order' }
    before = label
    const expected = asked.get(label)
    if (!asked.has(label)) yield { file: file.name, where: `${where}/label`, code: 'label-missing', label, missingFrom: objectsName }
    else if (expected !== undefined) {
      const known = specialities.filter((speciality) => expected.includes(speciality))
      yield* inFile(file, same(`${where}/specialities`, specialities, known))
    }
  }
}

/**
 * What a drawable object asks for is asked by one unit of its city or another, each for its own items: all of it together is what registry wrote. In a rematch
 * (§18) units have lines for their own objects alone, so what is missing says nothing.
 */
export function* auditNeedsTogether(
  { commitment }: Audited,
  pools: readonly CityPool[],
  inputs: readonly MatchInput[],
  filesOf: (unitId: string) => string,
): Findings {
  if (inputs.some(({ rematch }) => rematch === true)) return
  for (const { regionCode, roster, asked: wanted = [] } of pools) {
    const matching = inputs.filter(({ cities }) => (cities?.of ?? [commitment.regionCode]).includes(regionCode))
    const asked = new Map<string, Set<string>>()
    for (const { label, specialities } of matching.flatMap((input) => input.objects))
      asked.set(label, new Set([...(asked.get(label) ?? []), ...specialities]))
    const drawable = new Set(roster.flatMap(({ label, excluded }) => (excluded ? [] : label)))
    const missingFrom = matching.map(({ unitId }) => filesOf(unitId)).join(', ')
    for (const { label, needs, file, where } of wanted)
      if (drawable.has(label) && needs.some((speciality) => asked.get(label)?.has(speciality) !== true))
        yield { file, where, code: 'label-missing', label, missingFrom }
  }
}

/** §11: the teams again from the units' files, and the digest that entered the log. */
export function* auditMatchRecord(
  { hash, commitment }: Audited,
  transcript: Transcript,
  inputs: readonly MatchInput[] | undefined,
  pools: readonly CityPool[],
  file: NamedFile,
): Findings {
  const read = readJsonFile<MatchRecord>(file, matchRecordShape)
  if (!read.ok) {
    yield { ...read.error, file: file.name }
    return
  }
  const record = read.value
  yield* inFile(file, same('/drawId', record.drawId, commitment.drawId))
  yield* inFile(file, same('/transcriptDigest', record.transcriptDigest, transcriptDigest(hash, transcript)))
  if (inputs === undefined) return
  const regions = new Map(pools.flatMap(({ regionCode, roster }) => roster.map(({ label }) => [label, regionCode] as const)))
  const expected = matchInspectors(hash, transcript.seed, transcript.strata, inputs, (label) => regions.get(label))
  yield* inFile(file, sameTree('/matches', [...record.matches], [...expected]))
}

/** The log's entry of this draw and kind names the record. */
export function* auditEntry({ hash, commitment }: Audited, kind: 'match' | 'closed', log: NamedFile, file: NamedFile): Findings {
  // Whether the log holds as a whole is the verification's to say.
  const lines = new TextDecoder().decode(log.bytes).trimEnd().split('\n').map(parseLogLine)
  const entry = lines.flatMap((line) => (line.ok ? line.value : [])).find((line) => line.kind === kind && line.drawId === commitment.drawId)
  yield* inFile(log, same(entry === undefined ? '' : `line ${entry.seq + 1} /digest`, entry?.digest, toHex(hash.digest(file.bytes))))
}
