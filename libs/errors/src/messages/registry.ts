import type { Messages } from './message.ts'

export const registryMessages = {
  'import-refused': { zh: '文件没有导入：{reason}。{action}', en: 'The file was not imported ({problem}): {reason}. {action}' },
  'import-problem': { zh: '{reason}。{action}', en: '{problem}: {reason}. {action}' },
  'read-not-recorded': {
    zh: '本次读取未能留痕，因此不予提供，请稍后重试',
    en: 'The read could not be put on record and is not answered; try again later',
  },
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
  'check-inspector-unavailable': {
    zh: '检查人员 {id} 不在岗或者执法资质已失效，不能参加检查',
    en: 'Inspector {id} is not in post or no longer qualified and cannot check',
  },
  'regime-not-enterprise': {
    zh: '只有企业可以列入“沙盒”监管对象库或“白名单”，该对象是 {kind}',
    en: 'Only enterprises enter the sandbox or the white list; this object is {kind}',
  },
  'regime-object-not-active': {
    zh: '对象状态是 {status}，不在监管对象库内，不能列入',
    en: 'The object is {status} and no longer in the pool; it cannot be entered',
  },
  'regime-overlap': {
    zh: '该对象自 {since} 起已列入（至 {until}），不能重复列入；确需更正的，先移出',
    en: 'The object is in since {since} (until {until}) and cannot be entered again; to correct an entry, end it first',
  },
  'sandbox-not-in-pilot': {
    zh: '行政区划 {regionCode} 不在“沙盒”监管试点范围内',
    en: 'Region {regionCode} is not in the pilot of the sandbox',
  },
  'sandbox-innovation-unknown': {
    zh: '“四新”类型 {innovation} 不在本地区规定之内，可填：{accepts}',
    en: 'Kind {innovation} is none of the four new of this region; accepted: {accepts}',
  },
  'sandbox-field-unknown': {
    zh: '领域 {field} 不是本地区规定的排除领域，可填：{accepts}；不涉及的填空列表',
    en: 'Field {field} is no excluded field of this region; accepted: {accepts}; an empty list where none is touched',
  },
  'sandbox-field-excluded': {
    zh: '企业涉及“{field}”（依据：{found}），不得实施“沙盒”监管',
    en: 'The enterprise is in the field "{field}" (found by: {found}), which the sandbox excludes',
  },
  'sandbox-not-low-risk': {
    zh: '企业信用风险等级为 {grade}，不是低风险，不得实施“沙盒”监管',
    en: 'The credit-risk grade of the enterprise is {grade}, which is not low risk; the sandbox is not for it',
  },
  'sandbox-extension-not-allowed': {
    zh: '该企业的“包容期”截至 {until}，本地区不予延长，不能再次列入',
    en: 'The tolerance period of the enterprise lasted until {until}; this region allows no extension',
  },
  'tolerance-over': {
    zh: '“包容期”已于 {end} 届满，企业此后按一般监管对待',
    en: 'The tolerance period ended on {end}; from then on the enterprise is under normal supervision',
  },
  'membership-left': { zh: '该记录已自 {on} 起移出', en: 'The membership ended as of {on} already' },
  'exit-before-entry': { zh: '移出日期不得早于列入日期 {on}', en: 'The exit must not be before the day of entry, {on}' },
  'parent-item-unknown': { zh: '事项 {itemCode} 不在上级现行清单上', en: 'Item {itemCode} is not on a list of a superior in force' },
  'item-not-on-this-list': { zh: '事项 {itemCode} 不在清单 {listId} 上', en: 'Item {itemCode} is not on list {listId}' },
  'proposal-addressee': {
    zh: '不能这样提交 {purpose} 建议：{reason}',
    en: 'A {purpose} proposal cannot go to this unit: {reason}',
  },
  'proposal-item': {
    zh: '建议的事项不合 {purpose} 的要求：{problem}',
    en: 'The proposed item does not fit {purpose}: {problem}',
  },
  'proposal-purpose': { zh: '{purpose} 建议不能这样办结', en: 'A {purpose} proposal is not closed this way' },
  'proposal-status': {
    zh: '建议 {proposalId} 的状态是 {status}，不能再这样处理',
    en: 'Proposal {proposalId} is {status}; this step is not open',
  },
  'proposal-not-yours': { zh: '建议 {proposalId} 不由本单位处理', en: 'Proposal {proposalId} is not for this unit to decide' },
  'proposal-own': { zh: '不得批准自己提交的建议', en: 'Nobody approves a proposal of their own' },
  'proposal-note-missing': { zh: '退回须说明理由（note）', en: 'A return must say why (note)' },
  'duty-already-listed': { zh: '现行清单上已有该事项：{itemCode}', en: 'A list in force names the duty already: {itemCode}' },
  'document-unknown': { zh: '没有登记文件 {documentIds}', en: 'Documents {documentIds} are not registered' },
  'document-kind-unfit': {
    zh: '文件 {documentId}（{kind}）不适用于 {listType} 事项',
    en: 'Document {documentId} ({kind}) is not for {listType} items',
  },
  'channel-not-in-policy': {
    zh: '策略没有公开渠道 {channel}；可用：{channels}',
    en: 'Policy has no channel {channel}; known: {channels}',
  },
  'item-not-in-force': {
    zh: '事项 {itemCodes} 不在 {regionCode} 于 {date} 现行的随机抽查事项清单上',
    en: 'Items {itemCodes} are not on a list in force in {regionCode} on {date}',
  },
  'two-subjects': {
    zh: '计划行与线索任务只能有其一',
    en: 'A draw is for a line of a plan or for a task on clues, not for both',
  },
  'as-of-too-recent': {
    zh: '冻结时点 {asOf} 须在当前时间至少 5 秒之前',
    en: 'The snapshot instant {asOf} must lie at least 5 s in the past',
  },
  'draw-frozen-differently': {
    zh: '抽取 {drawId} 已按另一请求冻结，不能再次冻结',
    en: 'Draw {drawId} was frozen by a different request',
  },
  'redraw-of-redraw': {
    zh: '抽取 {drawId} 本身是重新抽取，应从最初的抽取重新抽取',
    en: 'Draw {drawId} is a redraw; redraw from its parent',
  },
  'as-of-not-later': { zh: '重新抽取的冻结时点须晚于原抽取的 {asOf}', en: 'A redraw is frozen as of an instant after {asOf}' },
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
  'warning-settled': {
    zh: '该预警事项已办结（{status}），不能再处理',
    en: 'The warning item is settled ({status}); nothing more can be done with it',
  },
  'warning-has-task': {
    zh: '该预警事项已转为任务 {taskNumber}；改转其他任务须说明理由（reason）',
    en: 'The warning item was given to task {taskNumber}; another task needs a reason',
  },
  'credit-system-unavailable': {
    zh: '企业信用风险分类管理系统暂不可用，稍后自动重试',
    en: 'The credit-risk classification system is unavailable; it is tried again by itself',
  },
  'credit-system-refused': {
    zh: '企业信用风险分类管理系统拒收检查结果（{status}）',
    en: 'The credit-risk classification system refused the check result ({status})',
  },
  'credit-grades-differ': {
    zh: '评价规则的等级（{grades}）与现行等级（{scheme}）不一致，请由政策管理员改为一致',
    en: 'The grades of the rules ({grades}) are not those of the scheme ({scheme}); a policy administrator must align them',
  },
  'model-weights-sum': { zh: '各项权重之和应为 100，实为 {sum}', en: 'The weights must add up to 100, not {sum}' },
  'model-grade-not-first': {
    zh: '信用风险等级的权重须大于其他各项',
    en: 'The weight of the credit-risk grade must exceed every other',
  },
  'model-grades-differ': {
    zh: '须按由低到高的次序为每个现行等级（{grades}）给出分值',
    en: 'Every grade of the scheme needs a score, lowest risk first: {grades}',
  },
  'model-grades-falling': {
    zh: '等级 {grade} 的分值低于风险更低的等级',
    en: 'Grade {grade} scores less than a grade of lower risk',
  },
  'model-classes-order': {
    zh: '专业类别 {grade} 的次序不对：类别不得重复，起始分值自 0 起逐类递增',
    en: 'Class {grade} is out of order: classes are distinct and begin at 0, each higher than the one before',
  },
  'model-not-in-force': {
    zh: '专业指标体系自 {effectiveFrom} 起施行',
    en: 'The indicator system is in force from {effectiveFrom}',
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
  'import-without-file': {
    zh: '没有要导入的文件：把文件作为请求体发送，或以 file 写明已存入文件的键',
    en: 'There is no file to import: send it as the body, or name a stored one by file',
  },
  'import-file-and-body': {
    zh: '请求体与 file 只能有一个',
    en: 'The file comes as the body or is named by file, not both',
  },
  'tag-like-formula': {
    zh: '标签“{tag}”以公式字符开头，表格软件可能当作公式执行，请去掉',
    en: 'Tag "{tag}" begins like a formula, which a spreadsheet might run; leave that out',
  },
  'tag-not-readable': {
    zh: '标签“{tag}”的维度不认识或已停用，或取值为空',
    en: 'The dimension of tag "{tag}" is unknown or retired, or its value is empty',
  },
  'tag-dimension-retired': {
    zh: '标签“{tag}”的维度“{name}”已停用，不再给出新的标签；已有的标签可以保留',
    en: 'The dimension "{name}" of tag "{tag}" is retired and gives no new tags; those there are may stay',
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
  'draw-not-drawn': {
    zh: '抽取 {drawId} 尚未抽取，其标签不能开封',
    en: 'Draw {drawId} is not drawn yet; no label of it is opened',
  },
  'service-not-concerned': {
    zh: '只供以下服务调用：{services}',
    en: 'For these services alone: {services}',
  },
  'opening-of-other': {
    zh: '只能取得本户自己的揭示文件',
    en: 'A party gets its own opening and no other',
  },
  'opening-draw-not-closed': {
    zh: '抽取 {drawId} 尚未结案；结案后各户同时可以取得自己的揭示文件，检查时随检查告知书交给被抽中的对象',
    en: 'Draw {drawId} is not closed; then all get their openings at once. Who is visited has its own with the notice of the check',
  },
  'opening-other-draw-open': {
    zh: '抽取 {drawId} 已结案，但与其名录有关的另一次抽取尚未结案；都结案后各户同时可以取得自己的揭示文件',
    en: 'Draw {drawId} is closed, but another draw that its roster goes by is not; once all are, all get their openings at once',
  },
  'opening-draw-ended': {
    zh: '抽取 {drawId} 已作废或终止（{status}），没有结果，不发揭示文件',
    en: 'Draw {drawId} came to nothing ({status}); there are no openings of it',
  },
  'opening-not-mapped': {
    zh: '该对象不在抽取 {drawId} 的名录内',
    en: 'The object is not in the roster of draw {drawId}',
  },
  'opening-draw-not-matched': {
    zh: '抽取 {drawId} 尚未匹配检查人员，还没有检查可言',
    en: 'Draw {drawId} has no inspectors matched yet; there is no check of it',
  },
  'opening-object-excluded': {
    zh: '该对象在抽取 {drawId} 的名录中被排除，不可能被抽中检查',
    en: 'The object is excluded in the roster of draw {drawId} and cannot have been drawn for a check',
  },
  'party-unknown': {
    zh: '地区 {regionCode} 没有编码为 {objectCode} 的检查对象',
    en: 'No object of code {objectCode} in region {regionCode}',
  },
  'party-alone': {
    zh: '检查对象只能有角色 PARTY，单位不能有',
    en: 'An object of checks holds the role PARTY and no other; a unit never does',
  },
  'key-not-wrapped': {
    zh: '抽取 {drawId} 的密钥没有为上级包裹：冻结时未配置 {regionCode} 的上级公钥',
    en: 'The key of draw {drawId} is not wrapped: no key of the superior of {regionCode} was configured when it was frozen',
  },
} as const satisfies Messages
