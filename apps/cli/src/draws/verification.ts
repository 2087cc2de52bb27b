import {
  type BundleFiles,
  type Difference,
  type Missing,
  type PinnedKeys,
  readPinnedKeys,
  type Verdict,
  type VerifiedBundle,
  verifyBundle,
} from '@dual-random/draw'
import { type ExitCode, type Session, UsageError } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { both, type Text, text } from '../text.ts'
import { type FoundBundle, readNamed } from './bundle-files.ts'
import { differenceLine } from './fault-texts.ts'
import { nodeVerification } from './node-crypto.ts'

/** How a bundle that was recomputed alike is called, and the exit code of it: as `tests/verifier/verify.mjs`. */
export interface Sound {
  readonly status: 'MATCH' | 'PENDING'
  readonly headlines: readonly string[]
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
  witnesses: text('抽取记录的条目尚未由法定数的见证方会签', 'no quorum of witnesses has cosigned the transcript’s entry yet'),
}

function headlinesOf(verdict: Extract<Verdict, { readonly status: 'MATCH' | 'PENDING' }>, demo: boolean): readonly string[] {
  if (verdict.status === 'PENDING') return ['PENDING', `${both(text('重算一致', 'recomputed alike'))}; ${both(missing[verdict.missing])}`]
  const [headline, meaning] = matches[demo ? 'demo' : 'real']
  return [headline, both(meaning)]
}

export interface VerifyWish {
  readonly demo: boolean
  readonly pinnedKeys?: PinnedKeys | undefined
  readonly opening?: BundleFiles['opening']
}

/** Verifies a bundle; a difference is told and `undefined`, which is exit code 1. Throws a `UsageError` where it cannot judge. */
export function verifySound({ drawId, files }: FoundBundle, wish: VerifyWish, { terminal, json }: Session): Sound | undefined {
  const { demo, pinnedKeys, opening } = wish
  const verdict = verifyBundle({ ...files, opening }, { ...nodeVerification, demo, pinnedKeys })
  if (verdict.status === 'REFUSED')
    throw new UsageError([
      verdict.reason === 'demonstration'
        ? '这是演示日志，请加 --demo (this is a demonstration log: say --demo)'
        : '这不是演示日志，请去掉 --demo (this is no demonstration log: leave --demo out)',
    ])
  if (verdict.status === 'DIFFERENT') return different(verdict.difference, terminal, json)
  const { status, bundle } = verdict
  const { drawId: expected } = bundle.transcript
  // A true transcript under another draw's name.
  if (expected !== drawId)
    return different({ file: files.transcript.name, where: '(file name)', code: 'differs', expected, found: drawId }, terminal, json)
  return { status, headlines: headlinesOf(verdict, demo), exitCode: status === 'MATCH' ? 0 : 3, bundle }
}

function different(difference: Difference, terminal: Terminal, json: boolean): undefined {
  if (json) terminal.out(JSON.stringify({ status: 'DIFFERENT', difference }))
  else terminal.err(`${both(text('不一致', 'DIFFERENT'))}: ${differenceLine(difference)}`)
  return undefined
}

/** The keys of a file; throws a `UsageError` where it holds none. */
export function pinnedKeysOf(path: string | undefined): PinnedKeys | undefined {
  if (path === undefined) return undefined
  const read = readPinnedKeys(readNamed(path))
  if (!read.ok) throw new UsageError([`--keys ${differenceLine(read.error)}`])
  return read.value
}
