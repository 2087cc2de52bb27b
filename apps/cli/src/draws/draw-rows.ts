import { type Commitment, type DrawPart, type LogProof, partsOf, type Transcript } from '@dual-random/draw'
import { assuranceWords, type VerifiedBundle } from '@dual-random/verify'
import { chinaTime } from '../china-time.ts'
import { both, text } from '../text.ts'
import {
  beaconText,
  dueTime,
  fraction,
  groundText,
  openingText,
  publicationTexts,
  ruleText,
  subjectText,
  witnessesText,
} from './draw-words.ts'
import type { Row } from './rows.ts'

const labels = {
  draw: text('抽取', 'draw'),
  region: text('地区', 'region'),
  organiser: text('组织单位', 'organiser'),
  subject: text('抽取对象依据', 'drawn for'),
  asOf: text('名录截至', 'pool as of'),
  committedAt: text('承诺时间', 'committed at'),
  stratum: text('层', 'stratum'),
  exclusions: text('排除', 'excluded'),
  witnesses: text('见证', 'witnesses'),
  batches: text('批次', 'batches'),
  beacon: text('信标', 'beacon'),
  assurance: text('保证', 'assurance'),
  seed: text('种子', 'seed'),
  opening: text('名单公开', 'names become public'),
  log: text('日志', 'log'),
} as const

const row = (label: keyof typeof labels, value: string): Row => ({ label: labels[label], value })

/** How a verifier says in short what it recomputed. */
export const verifiedRows = ({ transcript, commitment: s, openings, wholeLog }: VerifiedBundle): readonly Row[] => [
  row('draw', transcript.drawId),
  row('region', s.regionCode),
  row('subject', subjectText(s)),
  ...s.strata.map(({ stratum, mapped, eligible, n }) =>
    row(
      'stratum',
      `${stratum}: ${both(text(`对应 ${mapped}，可抽 ${eligible}，抽中 ${n}`, `mapped ${mapped}, eligible ${eligible}, drawn ${n}`))}`,
    ),
  ),
  ...s.beacons.map((named) => row('beacon', both(beaconText(named)))),
  row('assurance', both(assuranceWords(s))),
  row(
    'opening',
    openings === undefined
      ? both(text('无文件', 'no file'))
      : both(text(`已公开 ${openings.length} 户`, `${openings.length} of ${transcript.batches.flat().length} so far`)),
  ),
  row(
    'log',
    both(wholeLog ? text('自创世起全链核对', 'the whole chain was checked') : text('仅核对本次条目', 'only the entries of this draw')),
  ),
]

/** All that the public files tell of a draw, in plain words. */
export const explainedRows = (t: Transcript, s: Commitment): readonly Row[] => [
  row('draw', t.drawId),
  row('organiser', `${s.organiserUnitId}（${s.regionCode}）`),
  row('subject', subjectText(s)),
  ...cityRows(s, ({ snapshot }) => [row('asOf', chinaTime(snapshot.asOf))]),
  row('committedAt', chinaTime(s.committedAt)),
  ...s.strata.flatMap((stratum, index) => stratumRows(stratum, t.strata[index]?.cutOff ?? null)),
  ...cityRows(s, exclusionRows),
  ...cityRows(s, ({ witnesses }) => [row('witnesses', both(witnessesText(witnesses)))]),
  row('batches', t.batches.map((batch) => batch.length).join(' + ')),
  ...s.beacons.flatMap((beacon, index) => {
    const output = t.beacons[index]
    const at = dueTime(beacon)
    const due = at === undefined ? '' : `，${at}`
    return [
      row('beacon', `${both(beaconText(beacon))}${due}`),
      ...(output !== undefined && 'series' in output ? publicationTexts(output.series).map((line) => row('beacon', line)) : []),
      row('beacon', `${both(text('随机数', 'randomness'))} ${output?.randomness ?? '–'}`),
    ]
  }),
  row('assurance', both(assuranceWords(s))),
  row('seed', t.seed),
  row('opening', both(openingText(s.publicOpening))),
  ...t.log.entries.map((entry) => row('log', logText(entry))),
]

function stratumRows(stratum: Commitment['strata'][number], cutOff: string | null): readonly Row[] {
  const { mapped, eligible, raw, n } = stratum
  const numbers = text(
    `对应 N = ${mapped}，可抽 ${eligible}；${ruleText(stratum).zh} = ${fraction(raw)}，抽 n = ${n}`,
    `mapped N = ${mapped}, eligible ${eligible}; ${ruleText(stratum).en} = ${fraction(raw)}, drawn n = ${n}`,
  )
  const limit = cutOff === null ? both(text('没有抽取', 'nothing was drawn')) : `${both(text('截止签号', 'cut-off'))} ${cutOff}`
  return [row('stratum', `${stratum.stratum}: ${both(numbers)}`), row('stratum', `${' '.repeat(stratum.stratum.length + 2)}${limit}`)]
}

/** What is told of every city that takes part, each by its region code where there are several. */
const cityRows = (s: Commitment, rowsOf: (part: DrawPart) => readonly Row[]): readonly Row[] =>
  s.joint === undefined
    ? rowsOf(s)
    : partsOf(s).flatMap((part) => rowsOf(part).map((one) => ({ ...one, value: `${part.snapshot.regionCode}: ${one.value}` })))

function exclusionRows({ snapshot }: DrawPart): readonly Row[] {
  const { counts } = snapshot.exclusions
  return counts.length === 0
    ? [row('exclusions', both(text('无', 'none')))]
    : counts.map(({ ground, count }) => row('exclusions', `${groundText(ground)}: ${count}`))
}

const logText = ({ seq, kind, keyId, head }: LogProof): string =>
  both(text(`第 ${seq} 条 ${kind}，由 ${keyId} 签名，链首 ${head}`, `entry ${seq}`))
