import { compareText } from '@dual-random/draw'
import { isId, parseRegionCode } from '@dual-random/kernel'
import {
  type KeysFile,
  keysFileName,
  keysFileText,
  keysFileWords,
  longestBeaconKeyAgeSeconds,
  longestLeastMarginSeconds,
  parseKeysFile,
} from '@dual-random/witness'
import { type Arguments, type Complain, countOf, noMoreThan, requiredOf } from '../arguments.ts'
import { CommandError, type ExitCode, offlineCommand } from '../command.ts'
import { writeNew } from '../own-files.ts'
import { both, text } from '../text.ts'

interface Input {
  readonly file: KeysFile
  readonly out: string
}

export const keysMake = offlineCommand<Input>({
  name: 'keys make',
  usage:
    '--region R --genesis DIGEST --superior KEY_ID@UNIT=PUBLIC_KEY --witness ID=PUBLIC_KEY… --quorum Q --tolerated F [--hash H] [--beacon-key-age SECONDS] [--least-margin SECONDS] [--out FILE] [--json]',
  summary: text('生成钉住的 keys-<地区>.json', 'makes the pinned keys-<region>.json of a region'),
  notes: [
    text(
      'n 个见证方中须有 q 方见过才作数，容许 f 方不可信或失效：2q > n + f，f ≥ 1，q ≤ n。四市加上级：其余三市与上级，n = 4，q = 3，f = 1。本地区自己不作见证方。',
      'Of n witnesses q must have seen an entry, and f may be dishonest or broken: 2q > n + f, f at least 1, q at most n. Four cities and their superior: the three\nother cities and the superior, n = 4, q = 3, f = 1. The region itself is none of its witnesses.',
    ),
    text(
      '其他地区信标的公钥须在日志中满 30 天才可用于抽取；--beacon-key-age 由钉住文件的人另定秒数，少于 30 天时核验程序会说明。',
      "A key of another region's beacon stands in the log for 30 days before a draw may rest on it. Whoever pins the file may ask for another time by\n--beacon-key-age; verifiers say so where it is shorter than 30 days.",
    ),
    text(
      '承诺、揭示与作废须在随机数轮次之前至少 600 秒得到见证；--least-margin 由钉住文件的人另定秒数，少于 600 秒时核验程序会说明。',
      'A commitment, its reveals and a void must have been witnessed 600 seconds before the round at least. Whoever pins the file may ask for another margin by\n--least-margin; verifiers say so where it is shorter than 600 seconds.',
    ),
    text(
      '文件须经另一渠道交给各方（公报、上级），不随抽取材料发布。已有的文件不覆盖。',
      'The file reaches those who pin it on another way than the draws (the gazette, the superior). One that is there already is not overwritten.',
    ),
  ],
  options: {
    region: { value: 'R', text: text('地区代码', 'region code') },
    genesis: { value: 'DIGEST', text: text('日志创世记录的摘要', "digest of the log's genesis record") },
    superior: { value: 'KEY_ID@UNIT=PUBLIC_KEY', text: text('上级的密钥名、单位与公钥', "the superior's key id, unit and public key") },
    witness: { value: 'ID=PUBLIC_KEY', many: true, text: text('一个见证方，可多次给出', 'a witness, given once for each') },
    quorum: { value: 'Q', text: text('法定多数', 'so many must have seen an entry') },
    tolerated: { value: 'F', text: text('容许不可信或失效的方数', 'so many may be dishonest or broken') },
    hash: { value: 'H', text: text('日志的散列算法，默认 sha256', "the log's hash, sha256 (default) or sm3") },
    'beacon-key-age': {
      value: 'SECONDS',
      text: text(
        '其他地区信标的公钥须在日志中满多少秒，默认 30 天',
        "how long a key of another region's beacon stands in the log first, 30 days by default",
      ),
    },
    'least-margin': {
      value: 'SECONDS',
      text: text('轮次之前至少多少秒须已见证，默认 600', 'how long before its round S must have been witnessed at least, 600 by default'),
    },
    out: { value: 'FILE', text: text('默认 keys-<地区>.json', 'keys-<region>.json by default') },
  },
  read: inputOf,
  run: async ({ file, out }, { terminal, json }): Promise<ExitCode> => {
    const content = keysFileText(file)
    const read = parseKeysFile(content)
    if (!read.ok) throw new CommandError(keysFileWords(read.error))
    await writeNew(out, content, { secret: false })
    const { length } = file.witnesses
    const said = text(`见证方 ${length}，法定多数 ${file.quorum}`, `${length} witnesses, quorum ${file.quorum}`)
    terminal.out(json ? content.trimEnd() : `${out}: ${both(said)}`)
    return 0
  },
})

function inputOf(args: Arguments, complain: Complain): Input {
  noMoreThan(args, 0, complain)
  const regionCode = requiredOf(args, 'region', complain)
  if (regionCode !== '' && parseRegionCode(regionCode) === undefined) complain(`--region ${regionCode}: 不是地区代码 (no region code)`)
  const genesis = requiredOf(args, 'genesis', complain)
  if (genesis !== '' && !isHex32(genesis)) complain(`--genesis ${genesis}: 应为 64 个小写十六进制字符 (64 hex)`)
  for (const name of ['quorum', 'tolerated']) requiredOf(args, name, complain)
  requiredOf(args, 'witness', complain)
  const hash = args.values.get('hash') ?? 'sha256'
  if (hash !== 'sha256' && hash !== 'sm3') complain(`--hash ${hash}: 应为 sha256 或 sm3 (sha256 or sm3)`)
  const witnesses = (args.lists.get('witness') ?? []).map((given) => namedKey('witness', given, complain))
  const file: KeysFile = {
    type: 'dual-random/keys/v1',
    regionCode,
    hash: hash === 'sm3' ? 'sm3' : 'sha256',
    genesis,
    superior: superiorOf(args, complain),
    witnesses: witnesses
      .map(({ name, publicKey }) => ({ witnessId: name, publicKey }))
      .sort((a, b) => compareText(a.witnessId, b.witnessId)),
    quorum: countOf(args, 'quorum', 1, 1, complain),
    tolerated: countOf(args, 'tolerated', 1, 1, complain),
    ...(args.values.has('beacon-key-age')
      ? { beaconKeyAgeSeconds: secondsOf(args, 'beacon-key-age', longestBeaconKeyAgeSeconds, complain) }
      : {}),
    ...(args.values.has('least-margin')
      ? { leastMarginSeconds: secondsOf(args, 'least-margin', longestLeastMarginSeconds, complain) }
      : {}),
  }
  return { file, out: args.values.get('out') ?? keysFileName(regionCode) }
}

function secondsOf(args: Arguments, name: string, most: number, complain: Complain): number {
  const seconds = countOf(args, name, 0, 0, complain)
  if (seconds > most) complain(`--${name} ${seconds}: 至多 ${most} (at most)`)
  return seconds
}

const isHex32 = (value: string): boolean => /^[0-9a-f]{64}$/.test(value)

function namedKey(option: string, given: string, complain: Complain): { readonly name: string; readonly publicKey: string } {
  const [name = '', publicKey = '', ...more] = given.split('=')
  if (!isHex32(publicKey) || more.length > 0 || (option === 'witness' && !isId(name))) {
    complain(`--${option} ${given}: 应为 标识=公钥 (a name, =, a public key of 64 hex)`)
  }
  return { name, publicKey }
}

function superiorOf(args: Arguments, complain: Complain): KeysFile['superior'] {
  const given = requiredOf(args, 'superior', complain)
  if (given === '') return { keyId: '', unitId: '', publicKey: '' }
  const { name, publicKey } = namedKey('superior', given, complain)
  const [keyId = '', unitId = '', ...more] = name.split('@')
  if (!isId(keyId) || !isId(unitId) || more.length > 0) complain(`--superior ${given}: 应为 密钥名@单位=公钥 (KEY_ID@UNIT=PUBLIC_KEY)`)
  return { keyId, unitId, publicKey }
}
