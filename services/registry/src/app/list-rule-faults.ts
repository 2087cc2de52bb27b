import { assertNever } from '@dual-random/kernel'
import type { EditionRefusal } from '../domain/list-edition.ts'
import type { RuleProblem } from '../domain/list-rules.ts'

/** A rule in the words of an import report. */
export interface RuleFault {
  readonly column: string
  readonly reason: string
  readonly action: string
}

const faultTexts: Readonly<Record<RuleProblem['code'], RuleFault>> = {
  'ratio-cap-missing': { column: '比例上限', reason: '一般检查事项没有设比例上限', action: '按监管实际填写比例上限，如 5%' },
  'key-mark-not-approved': {
    column: '事项类别',
    reason: '新增的重点检查事项未经单独批准',
    action: '先提交 KEY_ITEM 建议，批准后再发布；或改为一般检查事项',
  },
  'scope-outside-region': { column: '适用区域', reason: '适用区域不在清单所属行政区划内', action: '改为本辖区内的区划代码' },
  'scope-not-as-approved': {
    column: '适用区域',
    reason: '按地方性法规、政府规章纳入的事项只能在该地执行',
    action: '适用区域填写提出地的区划代码',
  },
  'parent-item-unknown': { column: '上级事项', reason: '上级事项不在上级现行清单上', action: '核对上级事项编码' },
  'item-exceeds-provincial-list': {
    column: '事项编码',
    reason: '事项超出省级清单，地方不能自行增加',
    action: '提交 LOCAL_INCLUSION 建议由省级纳入；或填写对应的上级事项',
  },
  'inherited-item-missing': { column: '事项编码', reason: '上级清单的事项被删去，清单只增不减', action: '补上该事项，或以它为上级事项' },
  'item-not-derived': {
    column: '上级事项',
    reason: '事项不出自省级主管部门的清单',
    action: '填写省级主管部门清单中对应的上级事项',
  },
  'national-list-missing': {
    column: '清单类型',
    reason: '总局清单尚未入库，省级清单无从核对',
    action: '先按策略 item.provincialList 的名称导入总局清单',
  },
  'national-item-missing': {
    column: '事项编码',
    reason: '省级清单没有全面实施总局清单，缺少该事项',
    action: '补上该事项，或以它为上级事项',
  },
  'division-missing': { column: '业务处室', reason: '增加的事项没有写明业务处室', action: '填写梳理该事项的业务处室' },
  'basis-kind-not-allowed': {
    column: '依据类型',
    reason: '增加的事项依据类型不在允许之列',
    action: '填写策略允许的依据类型，如地方性法规；不属于的不列入',
  },
  'joint-list-kept-elsewhere': {
    column: '清单类型',
    reason: '部门联查事项不由本单位维护',
    action: '以维护单位清单中的事项为上级事项，或提交 JOINT_ITEM 建议',
  },
  'joint-item-not-approved': {
    column: '清单类型',
    reason: '部门联查事项未经审定，或与审定的内容不一致',
    action: '由牵头部门提交 JOINT_ITEM 建议，汇总、审定后按原文发布',
  },
}

export const ruleFault = ({ code }: Pick<RuleProblem, 'code'>): RuleFault => faultTexts[code]

/** Why a file is not the edition it was loaded as (REG-16). */
export function editionFault(refusal: EditionRefusal): RuleFault {
  switch (refusal.code) {
    case 'edition-unknown':
      return { column: 'edition', reason: `策略未列出版本“${refusal.edition}”`, action: '核对清单版本名称' }
    case 'edition-list-type':
      return { column: '清单类型', reason: `事项 ${refusal.itemCode} 的清单类型与该版本不符`, action: `改为 ${refusal.listType}` }
    case 'edition-matter-missing':
      return { column: '综合监管事项', reason: `事项 ${refusal.itemCode} 没有写明综合监管事项`, action: '填写所属的综合监管事项' }
    case 'edition-count-differs':
      return {
        column: 'edition',
        reason: `该版本应有 ${refusal.expected} 项，文件中有 ${refusal.found} 项`,
        action: '核对文件是否完整后重新导入',
      }
    default:
      return assertNever(refusal)
  }
}
