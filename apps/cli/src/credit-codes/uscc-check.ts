import { creditCodeProblem } from '@dual-random/kernel'
import { offlineCommand } from '../command.ts'
import { text } from '../text.ts'
import { reasonLines } from './reasons.ts'

export const usccCheck = offlineCommand({
  name: 'uscc check',
  usage: 'CODE… [--json]',
  summary: text('检查统一社会信用代码（GB 32100-2015）', 'checks unified social credit codes (GB 32100-2015)'),
  notes: [
    text(
      '每个代码一行：CODE valid，或 CODE invalid 原因；有一个无效即退出码 1。从左到右检查，报告第一处不对：',
      'One line a code: CODE valid, or CODE invalid REASON; exit code 1 when one is invalid. It looks from the left and says the first reason:',
    ),
    { zh: reasonLines.map(({ zh }) => zh).join('\n'), en: reasonLines.map(({ en }) => en).join('\n') },
    text(
      '只核对行政区划码的省级两位：区划撤并后代码不变，开发区的后四位不在 GB/T 2260 内。2015 年以前的 15 位注册号不是统一社会信用代码（wrong-length），须先换成代码。',
      'Of the region only the two figures of the province are looked up: codes outlive divisions, and development zones have figures of their own\nbehind them. A registration number of 15 figures from before 2015 is no code (wrong-length); replace it by the code first.',
    ),
  ],
  options: {},
  read: ({ positionals }, complain) => {
    if (positionals.length === 0) complain('CODE: 缺少 (missing)')
    return positionals
  },
  run: (codes, { terminal, json }) => {
    const findings = codes.map((code) => ({ code, reason: creditCodeProblem(code) }))
    for (const { code, reason } of findings) {
      const valid = reason === undefined
      terminal.out(json ? JSON.stringify({ code, valid, reason }) : `${code} ${valid ? 'valid' : `invalid ${reason}`}`)
    }
    return findings.every(({ reason }) => reason === undefined) ? 0 : 1
  },
})
