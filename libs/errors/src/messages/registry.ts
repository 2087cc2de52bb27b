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
  'training-not-held': {
    zh: '培训日期 {heldOn} 还没有到，举办之后再登记',
    en: 'The training of {heldOn} is not held yet; record it afterwards',
  },
  'training-audience-not-own': {
    zh: '师资和业务骨干由省级培训；市、县登记本级培训（OWN_LEVEL）',
    en: 'Trainers and key staff are trained by the province; a city or county records training of its own level (OWN_LEVEL)',
  },
  'trainee-unknown': { zh: '名录库中没有执法检查人员 {inspectorId}', en: 'There is no inspector {inspectorId} in the pool' },
  'trainee-of-other-level': {
    zh: '执法检查人员 {inspectorId} 不属于本级，由所属层级培训登记',
    en: 'Inspector {inspectorId} is of another level, which records the training',
  },
  'work-not-of-kind': {
    zh: '{kind} 类机构不能从事 {work}：专家和检测、科研机构只提供意见或检测，专业机构只从事受委托的工作',
    en: 'A {kind} must not do {work}: supporters give opinions or tests, professional institutions do entrusted work',
  },
  'institution-inactive': { zh: '该机构已停用', en: 'The institution is off the register' },
  'field-not-agreed': { zh: '该机构的领域不含“{field}”', en: 'The institution is not registered for the field "{field}"' },
  'work-not-permitted': { zh: '该机构未获准从事 {work}', en: 'The institution is not permitted to do {work}' },
  'source-from-the-future': { zh: '来源数据的时点 {asOf} 晚于现在', en: 'The source data are of {asOf}, later than now' },
  'role-not-bindable': { zh: '角色 {role} 不能授予账号', en: 'Role {role} cannot be bound to an account' },
} as const satisfies Messages
