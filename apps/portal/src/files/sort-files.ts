import type { Bundle, NamedFile, Words } from '../verify/index.ts'

export type SortedFiles = { readonly bundle: Bundle } | { readonly problem: Words }

type Part = keyof Bundle

/** What the protocol's own file names say (docs/draw-protocol.md §2); rosters and openings share a name, told apart by content. */
const namePatterns: readonly (readonly [RegExp, Part])[] = [
  [/(^|\/)transcript-[0-9a-f]{64}\.json$/, 'transcript'],
  [/(^|\/)commitment-[0-9a-f]{64}\.json$/, 'commitment'],
  [/(^|\/)region-log-\d{6}\.ndjson$/, 'log'],
  [/(^|\/)checkpoints-\d{6}\.ndjson$/, 'checkpoints'],
  [/(^|\/)keys-\d{6}\.json$/, 'keys'],
  [/(^|\/)rosters\/[0-9a-f]{64}\.ndjson$/, 'roster'],
  [/(^|\/)openings\/[0-9a-f]{64}\.ndjson$/, 'openings'],
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

/** Puts files that somebody chose into their places; needs transcript, commitment and roster of one draw. */
export function sortFiles(files: readonly NamedFile[]): SortedFiles {
  const parts = new Map<Part, NamedFile>()
  for (const file of files) {
    const part = partOf(file)
    if (part === undefined) return { problem: { zh: `不认识的文件：${file.name}`, en: `not a file of a draw: ${file.name}` } }
    const other = parts.get(part)
    if (other !== undefined)
      return {
        problem: {
          zh: `一次只核验一次抽取：${other.name} 与 ${file.name} 是同一种文件`,
          en: `one draw at a time: ${other.name} and ${file.name} are of one kind`,
        },
      }
    parts.set(part, file)
  }
  const { transcript, commitment, roster, ...others } = Object.fromEntries(parts) as Partial<Bundle>
  if (transcript !== undefined && commitment !== undefined && roster !== undefined)
    return { bundle: { transcript, commitment, roster, ...others } }
  const missing = (['transcript', 'commitment', 'roster'] as const).filter((part) => !parts.has(part)).map((part) => partNames[part])
  return {
    problem: {
      zh: `还缺：${missing.map(({ zh }) => zh).join('、')}`,
      en: `still missing: ${missing.map(({ en }) => en).join('; ')}`,
    },
  }
}
