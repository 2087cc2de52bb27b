import {
  auditWords,
  type BundleFiles,
  type Difference,
  failureWords,
  type Missing,
  missingFamilyFileWords,
  missingRosterWords,
  shortKeyAgeWords,
  shortMarginWords,
  undrawnWords,
  type Verdict,
  type VerifiedBundle,
  verifyBundle,
} from '@dual-random/verify'
import { type KeysFile, keysFileWords, parseKeysFile } from '@dual-random/witness'
import { type ExitCode, type Session, UsageError } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { both, type Text, text } from '../text.ts'
import { type FoundBundle, readNamed } from './bundle-files.ts'
import { differenceLine } from './fault-texts.ts'
import { nodeVerification } from './node-crypto.ts'

/** How a bundle that was recomputed alike is called, and the exit code of it: as `tests/verifier/verify.mjs`. */
export interface Sound {
  readonly headlines: readonly string[]
  /** What a JSON answer begins with; as the headlines, it tells of a pinned file that asks for less than 30 days of beacons' keys (§15), and of audits (§22). */
  readonly head: {
    readonly status: 'MATCH' | 'PENDING' | 'FAILED'
    readonly failure?: VerifiedBundle['failure']
    readonly shortBeaconKeyAgeSeconds?: number | undefined
    readonly shortMarginSeconds?: number | undefined
    readonly audits?: VerifiedBundle['audits']
    /** Numbers of the log's lines with an S before this draw that was never drawn (§19). */
    readonly undrawn?: VerifiedBundle['undrawn']
  }
  readonly exitCode: ExitCode
  readonly bundle: VerifiedBundle
}

const matches = {
  demo: [
    'MATCH (demo keys)',
    text('重算一致；密钥、信标和时钟都是演示用的', 'recomputed alike; keys, beacon and clock are the demonstration’s own'),
  ],
  real: ['MATCH', text('重算一致，且见证方按时见到', 'recomputed alike, and witnessed in time')],
} as const

const missing: Readonly<Record<Missing, Text>> = {
  keys: text('没有密钥文件（--keys），无从知道谁在何时见到', 'without a keys file (--keys) nobody can say who saw it when'),
  log: text('缺少地区日志', 'the region log is missing'),
  checkpoints: text('缺少检查点文件', 'the checkpoints file is missing'),
  witnesses: text(
    '抽取记录、失败宣布或过迟作废的条目，见证不足法定数',
    'too few witnesses of the entry of the transcript, of a failure, or of a void that came too late',
  ),
  failure: text('该地区宣布失败，组织地区的日志没有', 'this city’s log says that it failed, and the organiser’s does not'),
}

const exitCodes = { MATCH: 0, PENDING: 3, FAILED: 4 } as const

function headlinesOf(verdict: Extract<Verdict, { readonly status: 'MATCH' | 'PENDING' | 'FAILED' }>, demo: boolean): readonly string[] {
  const { shortBeaconKeyAgeSeconds: shortAge } = verdict.bundle
  const { failure, audits, undrawn = [], shortMarginSeconds: shortMargin } = verdict.bundle
  const notes = [
    ...(failure === undefined ? [] : [both(failureWords(failure))]),
    ...(shortAge === undefined ? [] : [both(shortKeyAgeWords(shortAge))]),
    ...(shortMargin === undefined ? [] : [both(shortMarginWords(shortMargin))]),
    ...undrawnWords(undrawn).map(both),
    ...(audits === undefined ? [] : auditWords(audits).map(both)),
  ]
  if (verdict.status === 'PENDING')
    return [
      'PENDING',
      [text('重算一致', 'recomputed alike'), ...verdict.missing.map((part) => missing[part])].map(both).join('; '),
      ...verdict.elsewhere.map((city) => `${city.regionCode}: ${city.missing.map((part) => both(missing[part])).join('; ')}`),
      ...notes,
    ]
  if (verdict.status === 'FAILED') return [`FAILED (${verdict.reason})${demo ? ' (demo keys)' : ''}`, ...notes]
  const [headline, meaning] = matches[demo ? 'demo' : 'real']
  return [headline, both(meaning), ...notes]
}

export interface VerifyWish {
  readonly demo: boolean
  readonly keys?: readonly KeysFile[] | undefined
  readonly opening?: BundleFiles['opening']
}

/** Verifies a bundle; a difference is told and `undefined`, which is exit code 1. Throws a `UsageError` where it cannot judge. */
export function verifySound({ drawId, files }: FoundBundle, wish: VerifyWish, { terminal, json }: Session): Sound | undefined {
  const { demo, keys = [], opening } = wish
  // Of several the organiser's is that of its log; it stands beside the transcript where it is there.
  const own = keys.find(({ regionCode }) => files.log?.name === `region-log-${regionCode}.ndjson`) ?? keys[0]
  const jointKeys = keys.filter((one) => one !== own)
  const verdict = verifyBundle({ ...files, opening }, { ...nodeVerification, demo, pinnedKeys: own, jointKeys })
  if (verdict.status === 'REFUSED') throw new UsageError([refusalWords(verdict)])
  if (verdict.status === 'DIFFERENT') return different(verdict.difference, terminal, json)
  const { status, bundle } = verdict
  const { drawId: expected } = bundle.transcript
  // A true transcript under another draw's name.
  if (expected !== drawId)
    return different({ file: files.transcript.name, where: '(file name)', code: 'differs', expected, found: drawId }, terminal, json)
  const { failure, shortBeaconKeyAgeSeconds, shortMarginSeconds, audits, undrawn } = bundle
  const head = { status, ...(failure === undefined ? {} : { failure }), shortBeaconKeyAgeSeconds, shortMarginSeconds, audits, undrawn }
  return { head, headlines: headlinesOf(verdict, demo), exitCode: exitCodes[status], bundle }
}

export const noDemonstration = '这不是演示日志，请去掉 --demo (this is no demonstration log: leave --demo out)'

function refusalWords(refusal: Extract<Verdict, { readonly status: 'REFUSED' }>): string {
  switch (refusal.reason) {
    case 'demonstration':
      return '这是演示日志，请加 --demo (this is a demonstration log: say --demo)'
    case 'no-demonstration':
      return noDemonstration
    case 'family-file-missing':
      return both(missingFamilyFileWords(refusal))
    case 'roster-missing':
      return both(missingRosterWords(refusal))
    default:
      return refusal satisfies never
  }
}

function different(difference: Difference, terminal: Terminal, json: boolean): undefined {
  if (json) terminal.out(JSON.stringify({ status: 'DIFFERENT', difference }))
  else terminal.err(`${both(text('不一致', 'DIFFERENT'))}: ${differenceLine(difference)}`)
  return undefined
}

/** The keys of each file; throws a `UsageError` where one holds none. */
export const pinnedKeysOf = (paths: readonly string[] | undefined): readonly KeysFile[] =>
  (paths ?? []).map((path) => {
    const read = parseKeysFile(new TextDecoder().decode(readNamed(path).bytes))
    if (!read.ok) throw new UsageError([`--keys ${path} ${both(keysFileWords(read.error))}`])
    return read.value
  })
