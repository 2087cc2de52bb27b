import { createReadStream } from 'node:fs'
import { fromHex } from '@dual-random/kernel'
import { type Arguments, type Complain, noMoreThan } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand, type Session, UsageError } from '../command.ts'
import { both, text } from '../text.ts'
import { type BadLine, meaningOf, readIdLines } from './id-lines.ts'
import { nodeHash } from './node-crypto.ts'
import { rankingUnder } from './ranked-ids.ts'

/** Bad lines that are named; more would only scroll. */
const mostNamed = 20

export const drawRank = offlineCommand({
  name: 'draw rank',
  usage: '--code HEX --randomness TEXT --ids FILE|- [--hash sha256|sm3] [--json]',
  summary: text('按抽签算法给标识排序', 'ranks ids by the algorithm of the draw'),
  notes: [
    text(
      '算法为 draft-thomson-elegy-vrs：由一次性码和公开随机数给每个标识算出签号，签号小者在前。每行输出“签号 标识”。用于核对抽签算法本身，或自行抽签；签号与其他标识无关，所以输入次序不影响结果。',
      'The algorithm is draft-thomson-elegy-vrs: a one-time code and public randomness give every id a ticket, the smallest comes first. It prints\nTICKET ID a line. For whoever checks the algorithm itself, or draws by it: a ticket does not depend on the other ids, nor on their order.',
    ),
    text(
      '标识每行一个，UTF-8，以 LF 结尾（末行可省）。空行、重复、非 UTF-8、含 CR 或 BOM 的行逐一指出，不输出排序，退出码 1。替补抽取时换下一个一次性码，从标识中去掉已抽中者。',
      'One id a line, UTF-8, LF at the end (the last line may do without). Lines that are empty, repeated or not UTF-8, or have a CR or a BOM, are\nnamed, nothing is ranked, exit code 1. For substitutes take the next one-time code, and leave out the ids that were drawn.',
    ),
  ],
  options: {
    code: { value: 'HEX', text: text('一次性码，十六进制', 'the one-time code, hexadecimal') },
    randomness: { value: 'TEXT', text: text('公开随机数，按文本原样', 'the public randomness, the text as it is') },
    ids: { value: 'FILE|-', text: text('标识文件，- 为标准输入', 'file of ids, - for standard input') },
    hash: { value: 'NAME', text: text('sha256（默认）或 sm3', 'sha256 (the default) or sm3') },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    return {
      code: codeOf(args, complain),
      randomness: required(args, 'randomness', complain),
      ids: required(args, 'ids', complain),
      hash: hashNamed(args, complain),
    }
  },
  run: async ({ code, randomness, ids, hash }, session) => {
    const ranking = rankingUnder(nodeHash(hash), code, randomness)
    const bad: BadLine[] = []
    const chunks = ids === '-' ? session.terminal.input() : (createReadStream(ids) as AsyncIterable<Uint8Array>)
    try {
      await readIdLines(chunks, ranking.add, (line) => void bad.push(line))
    } catch (thrown) {
      if (ids === '-' || !(thrown instanceof Error && 'syscall' in thrown)) throw thrown
      throw new UsageError([`--ids ${ids}: ${thrown.message}`])
    }
    const { ranked, duplicates } = ranking.finish()
    bad.push(...duplicates)
    if (bad.length > 0) return refused(bad, session)
    for (const { id, ticket } of ranked) session.terminal.out(session.json ? JSON.stringify({ ticket, id }) : `${ticket} ${id}`)
    return 0
  },
})

function refused(bad: readonly BadLine[], { terminal, json }: Session): ExitCode {
  const named = bad.toSorted((a, b) => a.line - b.line).slice(0, mostNamed)
  for (const one of named) {
    const place = both(text(`第 ${one.line} 行`, `line ${one.line}`))
    terminal.err(json ? JSON.stringify(one) : `${place}: ${both(meaningOf(one))}`)
  }
  const others = bad.length - named.length
  throw new CommandError(
    text(
      `没有排序：${bad.length} 行有误${others > 0 ? `，另 ${others} 行未列出` : ''}`,
      `nothing was ranked: ${bad.length} bad ${bad.length === 1 ? 'line' : 'lines'}${others > 0 ? `, ${others} of them not named` : ''}`,
    ),
  )
}

function required(args: Arguments, name: string, complain: Complain): string {
  const value = args.values.get(name)
  if (value === undefined) complain(`--${name}: 缺少 (missing)`)
  return value ?? ''
}

function codeOf(args: Arguments, complain: Complain): Uint8Array {
  const given = required(args, 'code', complain)
  const code = fromHex(given.toLowerCase())
  if (given !== '' && code === undefined) complain(`--code ${given}: 应为偶数个十六进制数字 (an even number of hexadecimal digits)`)
  return code ?? new Uint8Array(0)
}

function hashNamed(args: Arguments, complain: Complain): 'sha256' | 'sm3' {
  const given = args.values.get('hash') ?? 'sha256'
  if (given === 'sha256' || given === 'sm3') return given
  if (given !== '') complain(`--hash ${given}: 应为 sha256 或 sm3 (one of these)`)
  return 'sha256'
}
