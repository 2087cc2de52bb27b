import { addMs, canonicalJson, type Instant } from '@dual-random/kernel'
import type { Chance } from './chance.ts'
import type { Document, InsiderEdit, Published } from './insider.ts'
import { childOf, type Loose, type Path, placesIn, valueAt } from './loose-json.ts'

export interface Place {
  readonly document: Document
  readonly path: Path
}

/**
 * Every member and element that the insider has published, but what nothing covers: `receivedAt`, the log keeper's word, and `drawId` of
 * an entry whose record nobody else sees (docs/draw-protocol.md §7).
 */
export function placesOf(published: Published): readonly Place[] {
  const documents: readonly Document[] = ['commitment', 'transcript', 'roster', 'log', 'others']
  const own = published.commitment['drawId'] ?? null
  return (
    documents
      .flatMap((document) => placesIn(published[document]).map((path): Place => ({ document, path })))
      // The checkpoints are the log's keeper's, and the witnesses'.
      .filter(({ document, path }) => document !== 'others' || (path.length > 2 && path[1] !== 'checkpoints'))
      .filter(({ document, path }) => {
        const isLog = document === 'log' || (document === 'others' && path[1] === 'log')
        const [seq, name] = document === 'others' ? path.slice(2) : path
        if (!isLog || (name !== 'receivedAt' && name !== 'drawId')) return true
        const log = document === 'log' ? published.log : valueAt(published.others, path.slice(0, 2))
        const line = childOf(log, seq ?? 0)
        const kind = childOf(line, 'kind')
        return name === 'drawId' && (childOf(line, 'record') !== undefined || (kind !== 'match' && childOf(line, 'drawId') === own))
      })
  )
}

export const isOnBeacon = ({ document, path }: Place): boolean =>
  path.includes('beacons') && (document === 'commitment' || document === 'transcript')

const otherDigit = (digit: string): string => (digit === 'f' ? '0' : (Number.parseInt(digit, 16) + 1).toString(16))

function otherText(text: string, chance: Chance): Loose {
  if (/^[0-9a-f]{64,}$/.test(text)) {
    const at = chance.below(text.length)
    return chance.pick([
      text.slice(0, at) + otherDigit(text[at] ?? '') + text.slice(at + 1),
      '0'.repeat(text.length),
      text.split('').toReversed().join(''),
    ])
  }
  if (/^\d{4}-.*Z$/.test(text)) return addMs(text as Instant, chance.pick([-86_400_000, -30_000, -1, 1, 1000, 30_000, 86_400_000]))
  return chance.pick([`${text}x`, text.slice(1), 'ratio', 'count', 'public', 'federated', 'self', 'region', 'full', 'sm3', 'tip'])
}

/** Another value for a place; undefined takes it away. */
function otherValue(value: Loose | undefined, chance: Chance): Loose | undefined {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return chance.pick([value + 1, value - 1, 0, 2 * value, value + chance.below(100_000)])
  if (typeof value === 'string') return chance.below(12) === 0 ? null : otherText(value, chance)
  if (value === null || value === undefined) return chance.pick<Loose>(['0'.repeat(64), 0, {}])
  if (!Array.isArray(value)) return chance.pick<() => Loose | undefined>([() => undefined, () => ({ ...value, added: 1 }), () => null])()
  const at = chance.below(value.length + 1)
  const element = value[at] ?? value[0] ?? '0'.repeat(64)
  return chance.pick([
    value.toSpliced(at, 1),
    value.toSpliced(at, 0, element),
    value.toReversed(),
    [],
    value.toSorted(() => chance.pick([-1, 1])),
  ])
}

/** A change of this place to something else, with everything after it made to fit as `turn` says: four ways in turn. */
export function insiderEdit(published: Published, place: Place, turn: number, chance: Chance): InsiderEdit {
  const { document, path } = place
  const old = valueAt(published[document], path)
  for (;;) {
    const value = otherValue(old, chance)
    const same = value !== undefined && old !== undefined && canonicalJson(value) === canonicalJson(old)
    // An element of a list cannot be taken away from its place: the list without it is an edit of the list.
    if (!same && !(value === undefined && typeof path.at(-1) === 'number'))
      return { ...place, value, derive: turn % 2 === 0, resign: turn % 4 < 2 }
  }
}
