import type { Messages } from './message.ts'

export const registryMessages = {
  'import-refused': { zh: '文件没有导入：{reason}。{action}', en: 'The file was not imported ({problem}): {reason}. {action}' },
  'import-problem': { zh: '{reason}。{action}', en: '{problem}: {reason}. {action}' },
  'owned-by-other-unit': {
    zh: '该记录由单位 {unitId} 维护，只有该单位可以修改',
    en: 'The record belongs to unit {unitId}; only that unit may change it',
  },
  'business-line-differs': { zh: '该清单属于条线“{businessLine}”', en: 'The list belongs to the business line "{businessLine}"' },
  'list-trigger-missing': {
    zh: '清单变更须写明依据：立、改、废、释或工作需要（trigger）',
    en: 'A change of the list must name its trigger: ENACT, AMEND, REPEAL, INTERPRET or WORK_NEED',
  },
  'list-effective-too-early': {
    zh: '生效日期不得早于上一版的 {earliest}',
    en: 'The effective date must not be before that of the last version, {earliest}',
  },
  'list-too-large': {
    zh: '清单内容过大（{bytes} 字节），请按条线拆分',
    en: 'The list is too large ({bytes} bytes); split it by business line',
  },
  'list-unreadable': { zh: '读不出事项清单：{reason}。{action}', en: 'The check-item list cannot be read: {reason}. {action}' },
  'list-import-applied': { zh: '此导入已成为清单的一个版本', en: 'This import is a version of the list already' },
  'list-import-without-items': { zh: '此导入没有可列入清单的事项', en: 'The import has no items for the list' },
  'parent-item-unknown': { zh: '事项 {itemCode} 不在上级现行清单上', en: 'Item {itemCode} is not on a list of a superior in force' },
  'item-not-in-force': {
    zh: '事项 {itemCodes} 不在 {regionCode} 于 {date} 现行的随机抽查事项清单上',
    en: 'Items {itemCodes} are not on a list in force in {regionCode} on {date}',
  },
  'as-of-too-recent': {
    zh: '冻结时点 {asOf} 须在当前时间至少 5 秒之前',
    en: 'The snapshot instant {asOf} must lie at least 5 s in the past',
  },
  'draw-frozen-differently': {
    zh: '抽取 {drawId} 已按另一请求冻结，不能再次冻结',
    en: 'Draw {drawId} was frozen by a different request',
  },
  'mapped-set-empty': { zh: '没有适用于所列事项的检查对象', en: 'No object fits the items' },
  'label-unknown': { zh: '标签 {label} 不属于抽取 {drawId}', en: 'Label {label} is not of draw {drawId}' },
  'too-many-labels': { zh: '一次最多 {limit} 个标签', en: 'At most {limit} labels a call' },
  'unit-unknown': { zh: '没有登记单位 {unitId}', en: 'Unit {unitId} is not registered' },
  'preset-version-differs': {
    zh: '预设 {preset} 第 {version} 版已发布，内容不能再改；请增加版本号',
    en: 'Version {version} of preset {preset} is published and cannot change; raise the version',
  },
  'binding-not-later': {
    zh: '新的绑定须从 {after} 之后开始',
    en: 'The new binding must begin after {after}',
  },
  'object-not-in-pool': {
    zh: '该对象不在单位 {unitId} 的名录库中，请先以标签导入纳入',
    en: 'The object is not in the pool of unit {unitId}; take it in by importing labels first',
  },
  'object-merged': { zh: '对象 {id} 已并入另一对象，请先拆分', en: 'Object {id} is merged into another; split it off first' },
  'object-not-merged': { zh: '该对象没有并入其他对象', en: 'The object is not merged into another' },
  'merge-with-itself': { zh: '对象不能并入自身', en: 'An object cannot be merged into itself' },
  'merge-into-merged': {
    zh: '对象 {id} 本身已并入另一对象，请并入最终保留的对象',
    en: 'Object {id} is itself merged into another; merge into the one that goes on',
  },
  'tag-not-readable': {
    zh: '标签“{tag}”的维度不认识或已停用，或取值为空',
    en: 'The dimension of tag "{tag}" is unknown or retired, or its value is empty',
  },
  'tag-rule-without-condition': { zh: '标注规则至少要有一个条件', en: 'A tagging rule needs at least one condition' },
  'tag-rule-industry-unknown': {
    zh: 'GB/T 4754-2017 没有行业代码“{industry}”',
    en: 'GB/T 4754-2017 has no industry code "{industry}"',
  },
  'tag-scheme-is-provincial': {
    zh: '标签维度由省级 {regionCode} 统一维护',
    en: 'Tag dimensions are kept by the province {regionCode}',
  },
  'tag-dimension-known': { zh: '标签维度 {dimensionId} 已存在', en: 'Tag dimension {dimensionId} exists' },
  'tag-dimension-unknown': { zh: '没有标签维度 {dimensionId}', en: 'There is no tag dimension {dimensionId}' },
  'tag-dimension-name-taken': {
    zh: '名称“{name}”已属于标签维度 {dimensionId}，停用后也不能另作他用',
    en: 'The name "{name}" belongs to tag dimension {dimensionId}, retired or not, and cannot be given to another',
  },
  'tag-dimension-already-so': { zh: '标签维度 {dimensionId} 已是所求的状态', en: 'Tag dimension {dimensionId} is so already' },
  'role-not-bindable': { zh: '角色 {role} 不能授予账号', en: 'Role {role} cannot be bound to an account' },
} as const satisfies Messages
