import type { NamedFile } from '@dual-random/draw/forms'
import type { Words } from '@dual-random/verify'
import type { Bundle } from '../work/verify-job.ts'
import { citiesOf, familyOf, jointOf, parentOf } from './relatives.ts'

/** What was chosen in its places; else what is wrong, and whether more files would mend it. */
export type SortedFiles = { readonly bundle: Bundle } | { readonly problem: Words; readonly isIncomplete?: true }

type Part = Exclude<keyof Bundle, 'family'>

/** Everything that there is once of a draw. */
type Parts = { readonly [K in Exclude<Part, 'keys'>]?: NamedFile }

/** What the protocol's own file names say (docs/draw-protocol.md §2); rosters and openings share a name, told apart by content. */
const namePatterns: readonly (readonly [RegExp, Part])[] = [
  [/(^|\/)transcript-[0-9a-f]{64}\.json$/, 'transcript'],
  [/(^|\/)commitment-[0-9a-f]{64}\.json$/, 'commitment'],
  [/(^|\/)region-log-\d{6}\.ndjson$/, 'log'],
  [/(^|\/)checkpoints-\d{6}\.ndjson$/, 'checkpoints'],
  [/(^|\/)keys-\d{6}\.json$/, 'keys'],
  [/(^|\/)rosters\/[0-9a-f]{64}(-\d{6})?\.ndjson$/, 'roster'],
  [/(^|\/)openings\/[0-9a-f]{64}(-\d{6})?\.ndjson$/, 'openings'],
]

/** What the first bytes say, for files under other names. */
const contentPatterns: readonly (readonly [RegExp, Part])[] = [
  [/"type":"dual-random\/opening\/v1"/, 'opening'],
  [/"type":"dual-random\/keys\/v1"/, 'keys'],
  [/^\{"checkpoint":/, 'checkpoints'],
  [/^\{"excluded":/, 'roster'],
  [/^\{"id":"[^"]*","salt":"/, 'openings'],
  [/^\{"digest":"[0-9a-f]{64}","drawId":/, 'log'],
  [/^\{"keyId":.*"transcript":\{/s, 'transcript'],
  [/^\{"algorithm":.*"committedAt":/s, 'commitment'],
]

const headBytes = 64 * 1024

function partOf({ name, bytes }: NamedFile): Part | undefined {
  const named = namePatterns.find(([pattern]) => pattern.test(name))
  if (named !== undefined) return named[1]
  const head = new TextDecoder().decode(bytes.subarray(0, headBytes))
  return contentPatterns.find(([pattern]) => pattern.test(head))?.[1]
}

const partNames: Readonly<Record<Part, Words>> = {
  transcript: { zh: '抽取记录 transcript-….json', en: 'the transcript, transcript-….json' },
  commitment: { zh: '承诺 commitment-….json', en: 'the commitment, commitment-….json' },
  roster: { zh: '匿名名录 rosters/….ndjson', en: 'the roster, rosters/….ndjson' },
  openings: { zh: '公开揭示 openings/….ndjson', en: 'the openings, openings/….ndjson' },
  log: { zh: '地区日志 region-log-….ndjson', en: 'the region log, region-log-….ndjson' },
  checkpoints: { zh: '检查点 checkpoints-….ndjson', en: 'the checkpoints, checkpoints-….ndjson' },
  keys: { zh: '密钥文件 keys-….json', en: 'the keys file, keys-….json' },
  opening: { zh: '告知书所附揭示文件', en: 'the opening of a notice' },
}

interface Placed {
  readonly file: NamedFile
  readonly part: Part
}

/** The draw that a file is of, by its name. */
const drawIdOf = ({ name }: NamedFile): string | undefined => /[0-9a-f]{64}/.exec(name)?.[0]

const parentAmong = (commitments: readonly NamedFile[], of: NamedFile): NamedFile | undefined => {
  const parentDrawId = parentOf(of)
  return parentDrawId === undefined ? undefined : commitments.find((file) => drawIdOf(file) === parentDrawId)
}

/** The city that a file is of, by its name. */
const regionIn = ({ name }: NamedFile): string | undefined => /-(\d{6})\.ndjson$/.exec(name)?.[1]

/** Whether a file is of the log of a city that drew in the parent alone: a redraw stands in its own city's (docs/draw-protocol.md §23). */
function logsBeside(judged: readonly NamedFile[], commitments: readonly NamedFile[]): (file: NamedFile, part: Part) => boolean {
  const own = judged.flatMap(citiesOf)
  const ofParents = judged.flatMap((file) => parentAmong(commitments, file) ?? []).flatMap(citiesOf)
  const beside = new Set(ofParents.filter((regionCode) => !own.includes(regionCode)))
  return (file, part) => (part === 'log' || part === 'checkpoints') && beside.has(regionIn(file) ?? '')
}

const unknown = ({ name }: NamedFile): Words => ({ zh: `不认识的文件：${name}`, en: `not a file of a draw: ${name}` })

const twice = (one: NamedFile, other: NamedFile): Words => ({
  zh: `一次只核验一次抽取：${one.name} 与 ${other.name} 是同一种文件`,
  en: `one draw at a time: ${one.name} and ${other.name} are of one kind`,
})

/** Files chosen one after the other, as those in another folder have to be; of one that is chosen again the last counts. */
export const withFurther = (chosen: readonly NamedFile[], further: readonly NamedFile[]): readonly NamedFile[] => [
  ...chosen.filter((one) => !further.some((other) => other.name === one.name && partOf(other) === partOf(one))),
  ...further,
]

/**
 * Puts files that somebody chose into their places; needs transcript, commitment and roster of one draw. Of a redraw also those of the
 * draws before it: whoever a chosen commitment names is one of these, so that the draw that is left is the one to verify. Of a draw of
 * several cities also those of the others.
 */
export function sortFiles(files: readonly NamedFile[]): SortedFiles {
  const placed: Placed[] = []
  for (const file of files) {
    const part = partOf(file)
    if (part === undefined) return { problem: unknown(file) }
    placed.push({ file, part })
  }
  const commitments = placed.filter(({ part }) => part === 'commitment').map(({ file }) => file)
  const needed = commitments.flatMap((file) => familyOf(file, parentAmong(commitments, file)))
  const before = new Set(needed.map(({ drawId }) => drawId))
  // Of several cities that drew before, this draw is one city's own.
  const judged = commitments.filter((file) => !before.has(drawIdOf(file) ?? ''))
  const ofCities = judged.flatMap((file) => jointOf(file, drawIdOf(file) ?? ''))
  const isBeside = logsBeside(judged, commitments)
  const parts = new Map<Part, NamedFile>()
  const family = new Map<string, NamedFile>()
  const keys = new Map<string, NamedFile>()
  for (const { file, part } of placed) {
    const drawId = drawIdOf(file)
    const isBefore = drawId !== undefined && before.has(drawId)
    const relative = isBefore
      ? needed.find((one) => one.drawId === drawId && one.part === part && one.regionCode === regionIn(file))
      : ofCities.find((one) => one.regionCode === regionIn(file) && one.part === part)
    // Whatever else there is of an earlier draw, its openings say, is no matter of this one.
    if (relative === undefined && (isBefore || isBeside(file, part))) continue
    const other = relative === undefined ? (part === 'keys' ? keys.get(file.name) : parts.get(part)) : family.get(relative.name)
    if (other !== undefined) return { problem: twice(other, file) }
    if (relative === undefined && part === 'keys') keys.set(file.name, file)
    else if (relative === undefined) parts.set(part, file)
    else family.set(relative.name, { name: relative.name, bytes: file.bytes })
  }
  const { transcript, commitment, roster, ...others } = Object.fromEntries(parts) as Parts
  if (transcript !== undefined && commitment !== undefined && roster !== undefined) {
    const several = {
      ...(keys.size === 0 ? {} : { keys: [...keys.values()] }),
      ...(family.size === 0 ? {} : { family: [...family.values()] }),
    }
    return { bundle: { transcript, commitment, roster, ...others, ...several } }
  }
  const missing = (['transcript', 'commitment', 'roster'] as const).filter((part) => !parts.has(part)).map((part) => partNames[part])
  return {
    problem: {
      zh: `还缺：${missing.map(({ zh }) => zh).join('、')}。可接着拖入或选择。`,
      en: `still missing: ${missing.map(({ en }) => en).join('; ')}. Drop or choose them next.`,
    },
    isIncomplete: true,
  }
}
