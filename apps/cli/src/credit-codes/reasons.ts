import { type CreditCodeError, creditCodeErrors } from '@dual-random/kernel'
import { type Text, text } from '../text.ts'

const reasons = {
  'wrong-length': text('不是 18 位', 'not 18 characters'),
  'wrong-character': text(
    '有字符集以外的字符（只用数字和除 I、O、S、V、Z 外的大写字母）',
    'other than figures and capital letters without I, O, S, V, Z',
  ),
  'wrong-department': text('第 1 位不是登记管理部门代码', 'character 1 names no registration department'),
  'wrong-organisation-type': text('第 2 位不是该部门的机构类别代码', 'character 2 is no organisation type of that department'),
  'wrong-region': text('第 3 至 8 位不是行政区划码（GB/T 2260）', 'characters 3 to 8 are no division (GB/T 2260)'),
  'wrong-organisation-code': text(
    '第 9 至 17 位（组织机构代码，GB 11714）的校验码不对',
    'the check character of characters 9 to 17 (organisation code, GB 11714) is another',
  ),
  'wrong-check-character': text('第 18 位校验码不对', 'check character 18 is another'),
} as const satisfies Record<CreditCodeError, Text>

/** Every reason with what it means, in the order they are looked for. */
export const reasonLines: readonly Text[] = creditCodeErrors.map((reason) => {
  const { zh, en } = reasons[reason]
  return text(`  ${reason.padEnd(24)}${zh}`, `  ${reason.padEnd(24)}${en}`)
})
