import type { InspectorFacts, MatchFacts, ObjectFacts, Snapshot } from '@dual-random/draw'
import { type NamedFile, readLines } from '@dual-random/draw/forms'
import { same } from '../difference.ts'
import { inFile } from './audit-pool.ts'
import type { Finding } from './finding.ts'
import { matchFactsLineShape } from './private-shapes.ts'

/** Registry's answer about the matching of a city, with the lines that its members stand in. */
export interface PlacedFacts {
  readonly name: string
  readonly inspectors: readonly (InspectorFacts & { readonly line: string })[]
  readonly objects: readonly (ObjectFacts & { readonly line: string })[]
}

type Header = Omit<MatchFacts, 'inspectors' | 'objects'> & { readonly type: string }
type Line = Header | { readonly inspector: InspectorFacts } | { readonly object: ObjectFacts }

/** Nobody signed it: it is what registry says when it is asked. It has to be of this draw, and as of its snapshot. */
export function* readFacts(
  { drawId, regionCode, asOf }: Snapshot,
  file: NamedFile,
): Generator<Finding, PlacedFacts | undefined, undefined> {
  const read = readLines<Line>(file, matchFactsLineShape)
  if (!read.ok) {
    yield { ...read.error, file: file.name }
    return undefined
  }
  const [header] = read.value
  if (header === undefined || !('type' in header)) {
    yield { file: file.name, where: 'line 1', code: 'out-of-order' }
    return undefined
  }
  yield* inFile(file, same('line 1 /drawId', header.drawId, drawId))
  yield* inFile(file, same('line 1 /regionCode', header.regionCode, regionCode))
  yield* inFile(file, same('line 1 /asOf', header.asOf, asOf))
  const placed = read.value.map((line, index) => ({ line, at: `line ${index + 1}` }))
  return {
    name: file.name,
    inspectors: placed.flatMap(({ line, at }) => ('inspector' in line ? { ...line.inspector, line: at } : [])),
    objects: placed.flatMap(({ line, at }) => ('object' in line ? { ...line.object, line: at } : [])),
  }
}
