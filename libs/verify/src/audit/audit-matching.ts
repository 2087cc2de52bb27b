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
  yield* auditNeeds(file, objects, 2 + inspectors.length, matched, header.rematch !== true)
  const { type: _, ...input } = header
  return { ...input, inspectors, objects }
}

/** The header first, then inspectors, then objects. */
const rankOf = (line: Line): number => ('type' in line ? 0 : 'inspector' in line ? 1 : 2)

/** What an object asks for is what registry wrote of it at the freeze: nothing was added, and nothing left out. */
function* auditNeeds(
  file: NamedFile,
  needs: readonly ObjectNeeds[],
  firstLine: number,
  pools: readonly CityPool[],
  // In a rematch a unit has lines for its own objects alone (§18).
  isWhole: boolean,
): Findings {
  const asked = new Map(
    pools.flatMap(({ objects }) => objects.map((object) => [object.label, object.needs.toSorted(compareText)] as const)),
  )
  const objectsName = pools.map((pool) => pool.objectsName).join(', ')
  let before = ''
  for (const [index, { label, specialities }] of needs.entries()) {
    const where = `line ${firstLine + index} /object`
    if (compareHex(before, label) >= 0) yield { file: file.name, where: `${where}/label`, code: 'out-of-order' }
    before = label
    const expected = asked.get(label)
    if (expected === undefined) yield { file: file.name, where: `${where}/label`, code: 'label-missing', label, missingFrom: objectsName }
    else yield* inFile(file, same(`${where}/specialities`, specialities.toSorted(compareText), expected))
  }
  const written = new Set(needs.map(({ label }) => label))
  if (isWhole) for (const pool of pools) yield* allWritten(pool, written, file)
}

/** Every drawable object that asks for something has a line. */
function* allWritten({ roster, objects, objectsName }: CityPool, written: ReadonlySet<string>, file: NamedFile): Findings {
  const drawable = new Set(roster.flatMap(({ label, excluded }) => (excluded ? [] : label)))
  for (const [index, { label, needs: specialities }] of objects.entries())
    if (specialities.length > 0 && drawable.has(label) && !written.has(label))
      yield { file: objectsName, where: `line ${index + 1} /needs`, code: 'label-missing', label, missingFrom: file.name }
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

/** The log's `match` entry of this draw names the record. */
export function* auditMatchEntry({ hash, commitment }: Audited, log: NamedFile, file: NamedFile): Findings {
  // Whether the log holds as a whole is the verification's to say.
  const lines = new TextDecoder().decode(log.bytes).trimEnd().split('\n').map(parseLogLine)
  const entry = lines
    .flatMap((line) => (line.ok ? line.value : []))
    .find(({ kind, drawId }) => kind === 'match' && drawId === commitment.drawId)
  yield* inFile(log, same(entry === undefined ? '' : `line ${entry.seq + 1} /digest`, entry?.digest, toHex(hash.digest(file.bytes))))
}
