import { faultWords, type Words } from '../fault-words.ts'
import type { AuditFault } from './finding.ts'

const words = (zh: string, en: string): Words => ({ zh, en })

/** What was found, without the place. */
export function findingWords(fault: AuditFault): Words {
  switch (fault.code) {
    case 'clone':
      return words(`${fault.id} 有两个标签，另一个在 ${fault.other}`, `${fault.id} has two labels, the other at ${fault.other}`)
    case 'wrong-salt':
      return words(
        `盐不是由 K 算出的（应为 ${fault.expected}，实为 ${fault.found}），标签可能是挑选的`,
        `K does not give this salt (expected ${fault.expected}, found ${fault.found}): the label may have been chosen`,
      )
    case 'foreign-label':
      return words(
        `标签不是由该标识和盐算出的：应为 ${fault.expected}，实为 ${fault.found}`,
        `not the label of this id and salt: expected ${fault.expected}, found ${fault.found}`,
      )
    case 'label-missing':
      return words(`${fault.missingFrom} 中没有标签 ${fault.label}`, `label ${fault.label} is not in ${fault.missingFrom}`)
    case 'not-excluded':
      return words(`名册中标签 ${fault.label} 未被排除`, `label ${fault.label} is not excluded in the roster`)
    case 'no-replacement':
      return words(
        `所给补抽的 commitment 中没有一份替换标签 ${fault.label}`,
        `no commitment of a replacement among those given names label ${fault.label}`,
      )
    case 'not-given':
      return words('没有给出这一单位的匹配文件', 'the matching file of this unit was not given')
    case 'wrong-key':
      return words('不是快照所定的密钥 K', 'not the key K that the snapshot pins')
    case 'not-utf8':
    case 'not-json':
    case 'not-canonical':
    case 'no-line-feed':
    case 'not-a':
    case 'missing-member':
    case 'unknown-member':
    case 'out-of-order':
    case 'differs':
    case 'bad-signature':
    case 'unknown-key':
    case 'rule-broken':
      return faultWords(fault)
    default:
      return fault satisfies never
  }
}
