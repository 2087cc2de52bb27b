import { randomnessOf, verifyPulse } from '@dual-random/beacon/verify'
import { type Arguments, type Complain, countOf, noMoreThan } from '../arguments.ts'
import { offlineCommand } from '../command.ts'
import { both, text } from '../text.ts'
import { chainOf } from './chain-of.ts'

export const beaconVerify = offlineCommand({
  name: 'beacon verify',
  usage: '--chain NAME|FILE --round N --signature HEX [--previous HEX] [--randomness HEX] [--json]',
  summary: text('核对 drand 信标一轮的签名（不联网）', "checks the signature of a round of drand's beacons, without a network"),
  notes: [
    text(
      '有效：ROUND valid 随机数，退出码 0；无效：ROUND invalid 原因，退出码 1。原因：',
      'ROUND valid RANDOMNESS and exit code 0, or ROUND invalid REASON and exit code 1:',
    ),
    text(
      [
        '  bad-encoding           长度不对，或不是十六进制，或轮次为 0',
        '  no-previous-signature  链式方案没有给出前一轮的签名',
        '  wrong-randomness       随机数不是签名的 SHA-256',
        '  bad-point              不是所属子群的点，或为无穷远点，或编码不唯一',
        '  bad-signature          不是这把公钥对这一轮（及前一签名）的签名',
      ].join('\n'),
      [
        '  bad-encoding           not of the right length, no hexadecimal digits, or round 0',
        '  no-previous-signature  of a chained scheme, without the signature of the round before',
        '  wrong-randomness       the randomness is not the SHA-256 of the signature',
        '  bad-point              no point of the subgroup, or infinity, or not its one encoding',
        '  bad-signature          not the signature of this key over this round (and the signature before it)',
      ].join('\n'),
    ),
    text(
      'NAME 为 default 或 quicknet，公钥内置；FILE 为 drand 的 /info 所示 JSON，须有 public_key 与 schemeID：pedersen-bls-chained、pedersen-bls-unchained、bls-unchained-on-g1、bls-unchained-g1-rfc9380；其他方案拒绝。',
      'NAME is default or quicknet, whose keys are built in. FILE is JSON as drand answers at /info, with public_key and schemeID: pedersen-bls-chained,\npedersen-bls-unchained, bls-unchained-on-g1 or bls-unchained-g1-rfc9380; another scheme is refused by name.',
    ),
  ],
  options: {
    chain: { value: 'NAME|FILE', text: text('default、quicknet 或文件', 'default, quicknet or a file') },
    round: { value: 'N', text: text('轮次，从 1 起', 'number of the round, from 1') },
    signature: { value: 'HEX', text: text('这一轮的签名', 'its signature') },
    previous: {
      value: 'HEX',
      text: text(
        '前一轮的签名（第 1 轮为 groupHash）；链式方案必填，其他方案不看',
        'signature of the round before (of round 1 the groupHash): needed by a chained scheme, not looked at by others',
      ),
    },
    randomness: {
      value: 'HEX',
      text: text('公布的随机数，须与签名相符', 'the randomness that was published, which has to be that of the signature'),
    },
  },
  read: (args, complain) => {
    noMoreThan(args, 0, complain)
    const named = required(args, 'chain', complain)
    const chain = named === undefined ? undefined : chainOf(named, complain)
    if (!args.values.has('round')) complain('--round: 缺少 (missing)')
    return {
      named,
      chain,
      previous: args.values.get('previous')?.toLowerCase(),
      // A round that no beacon has is for the check to refuse, as are digits that are none.
      round: countOf(args, 'round', 1, 0, complain),
      signature: (required(args, 'signature', complain) ?? '').toLowerCase(),
      randomness: args.values.get('randomness')?.toLowerCase(),
    }
  },
  run: ({ named, chain, round, signature, previous, randomness }, { terminal, json }) => {
    if (chain === undefined) throw new Error('no chain was read')
    const given = randomness ?? randomnessOf(signature)
    const verified = verifyPulse(chain, {
      round,
      signature,
      randomness: given,
      ...(previous === undefined ? {} : { previousSignature: previous }),
    })
    if (!verified.ok && verified.error.code === 'no-previous-signature')
      terminal.err(
        both(
          text(
            `--previous: 缺少；方案 ${chain.scheme} 连前一轮的签名一起签`,
            `--previous is missing: scheme ${chain.scheme} signs the previous signature too`,
          ),
        ),
      )
    if (json) {
      const verdict = verified.ok ? { valid: true, randomness: given } : { valid: false, reason: verified.error.code }
      terminal.out(JSON.stringify({ chain: named, scheme: chain.scheme, round, ...verdict }))
    } else terminal.out(`${round} ${verified.ok ? `valid ${given}` : `invalid ${verified.error.code}`}`)
    return verified.ok ? 0 : 1
  },
})

function required({ values }: Arguments, name: string, complain: Complain): string | undefined {
  const given = values.get(name)
  // What is there without a value was complained of when the words were read.
  if (given === undefined) complain(`--${name}: 缺少 (missing)`)
  return given === '' ? undefined : given
}
