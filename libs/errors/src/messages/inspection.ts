import type { Messages } from './message.ts'

export const inspectionMessages = {
  'task-hidden': {
    zh: '检查前，任务只对被指派的检查人员、执行单位的调度人员和上级的审计人员可见',
    en: 'Before the visit a task is shown to its inspectors, the dispatcher of its unit and the auditor of a superior only',
  },
  'notice-without-draw': {
    zh: '任务 {taskNumber} 不是抽取产生的，检查告知书不附揭示文件',
    en: 'Task {taskNumber} is of no draw; its notice has no opening',
  },
  'notice-before-window': {
    zh: '任务 {taskNumber} 的检查期限自 {start} 起，此前不得送达检查告知书',
    en: 'The window of task {taskNumber} begins on {start}; before it no notice is handed over',
  },
  'notice-not-given': {
    zh: '任务 {taskNumber} 的检查告知书尚未送达；揭示文件随通知书交给该对象，此前不提供',
    en: 'The notice of task {taskNumber} was not handed over; the opening goes with it, and is given to nobody before',
  },
  'leader-not-designated': {
    zh: '任务 {taskNumber} 的联合检查组负责人尚未由发起部门指定；指定后方可送达检查告知书、录入检查结果',
    en: 'The initiating department has not designated the leader of the joint check of task {taskNumber}; before it does no notice is handed over and no result entered',
  },
  'leader-not-drawn': {
    zh: '{inspectorId} 不在该联合检查可指定的抽中检查人员之列',
    en: '{inspectorId} is none of the drawn inspectors of this joint check of whom the leader may be designated',
  },
  'leader-check-begun': {
    zh: '任务 {taskNumber} 的联合检查已经开始（告知书已送达或者已有结果），负责人不再变更；经重新匹配离开的，另行指定',
    en: 'The joint check of task {taskNumber} has begun: its notice was handed over or a result entered. Its leader stays; one whom a re-match replaced is designated anew',
  },
  'leader-by-ticket': {
    zh: '任务 {taskNumber} 的检查组负责人不由发起部门指定',
    en: 'The leader of task {taskNumber} is not designated by the initiating department',
  },
  'on-site-not-restricted': {
    zh: '任务 {taskNumber} 的检查对象不是“白名单”企业，现场检查无须另行说明事由',
    en: 'The object of task {taskNumber} is not on the white list; going there needs no further reason',
  },
  'on-site-task-ended': { zh: '任务 {taskNumber} 已结束', en: 'Task {taskNumber} has ended' },
  'on-site-ground-missing': {
    zh: '对“白名单”企业一般不主动实施现场检查：请写明事由（{accepts}）和来源，或者说明例外的理由和依据（override）',
    en: 'White-list members are not visited on one’s own initiative: give a ground ({accepts}) with its source, or override with a reason and a legal basis',
  },
  'on-site-ground-unknown': {
    zh: '事由 {ground} 不在政策所列范围内：{accepts}',
    en: 'Ground {ground} is not one of those of the policy: {accepts}',
  },
  'on-site-source-missing': {
    zh: '事由 {ground} 须写明来源（投诉举报编号、监测记录、交办文号或者法律条款）',
    en: 'Ground {ground} needs its source: the complaint, the finding, the transferred matter or the provision',
  },
  'on-site-reason-missing': {
    zh: '检查对象是“白名单”企业，现场检查须先由调度人员写明事由，或者说明例外的理由和依据',
    en: 'The object is on the white list: before a visit on site the dispatcher records a ground, or an override with its reason',
  },
  'opening-window': { zh: '检查期限的结束日期 {end} 早于开始日期 {start}', en: 'The window ends on {end}, before it begins on {start}' },
  'opening-team-small': { zh: '检查人员 {size} 名，不得少于 {least} 名', en: 'A team of {size} is below the least of {least}' },
  'opening-leader-unknown': { zh: '组长 {inspectorId} 不在检查人员之列', en: 'The leader {inspectorId} is not of the team' },
  'opening-items-of-duty': {
    zh: '清单之外的法定检查以职责为准，不填清单事项（itemCodes）',
    en: 'A statutory duty outside the lists is checked as such; give no items of a list',
  },
  'opening-override-missing': {
    zh: '按政策，检查原则上应随机抽取，依据 {ground} 不在可不抽取之列：{permitted}；确需检查的，请在 override 中写明理由和法律依据',
    en: 'Policy has checks drawn by default and does not list ground {ground} ({permitted}); state reason and legal basis in override',
  },
  'opening-ground-barred': {
    zh: '按政策，检查一律应随机抽取，依据 {ground} 不在可不抽取之列：{permitted}',
    en: 'Policy has checks drawn without exception; ground {ground} is not among those permitted: {permitted}',
  },
  'opening-override-not-asked': {
    zh: '依据 {ground} 可以不经随机抽取，不填例外理由（override）',
    en: 'Ground {ground} needs no draw; give no override',
  },
  'sandbox-reason-missing': {
    zh: '对象在“沙盒”监管对象库中，日常监管以事件触发的检查为主，依据 {ground} 不是触发情形：{triggers}；仍要检查的，请在 untriggered 中写明理由和法律依据',
    en: 'The object is in the sandbox, where checks are mainly triggered ({triggers}), which ground {ground} is not; state reason and legal basis in untriggered',
  },
  'sandbox-reason-not-asked': {
    zh: '对象不在“沙盒”监管对象库中，或依据 {ground} 已是触发情形或法定检查，不填 untriggered',
    en: 'The object is not in the sandbox, or ground {ground} is a trigger or a law; give no untriggered',
  },
  'opening-items-missing': { zh: '请写明检查事项（itemCodes）', en: 'Name the items to check (itemCodes)' },
  'opening-item-not-applying': {
    zh: '事项 {itemCode} 不在现行清单上，或者不适用于该对象',
    en: 'Item {itemCode} is on no list in force or does not apply to the object',
  },
  'planned-kind': {
    zh: '计划任务 {lineId} 不是重点监管（类型：{kind}），不能作为重点监管检查的依据',
    en: 'Line {lineId} is not key supervision but {kind}: a check of key supervision cannot rest on it',
  },
  'planned-key-supervision': {
    zh: '计划任务 {lineId} 是重点监管：请写明其重点监管事项（opening.ground 为 KEY_LIST_MATTER）',
    en: 'Line {lineId} is key supervision: open its checks by the matter (ground KEY_LIST_MATTER)',
  },
  'planned-by-draw': {
    zh: '计划任务 {lineId} 以抽取方式实施（{madeBy}），不能逐个开展检查',
    en: 'The checks of line {lineId} are made by a draw ({madeBy}) and not opened one by one',
  },
  'planned-matter': {
    zh: '检查的重点监管事项 {matterId} 与计划任务的事项 {planned} 不一致',
    en: 'The check is of matter {matterId}, its line of {planned}',
  },
  'planned-matter-name': {
    zh: '检查的重点监管事项“{matter}”与计划任务的事项“{planned}”不一致',
    en: 'The check names the matter "{matter}", its line "{planned}"',
  },
  'planned-unit': {
    zh: '单位 {unitId} 不在计划任务的实施单位之列：{planned}',
    en: 'Unit {unitId} is none of those of the line: {planned}',
  },
  'planned-region': {
    zh: '检查所在地区 {regionCode} 不在计划的地区 {planned} 之内',
    en: 'Region {regionCode} of the check is not within that of the plan, {planned}',
  },
  'planned-window': {
    zh: '检查期限 {start} 至 {end} 超出计划任务的期限 {plannedStart} 至 {plannedEnd}；确需变更的，先调整计划',
    en: 'The window {start} to {end} goes beyond that of the line, {plannedStart} to {plannedEnd}; adjust the plan first',
  },
  'planned-item': {
    zh: '事项 {itemCode} 不在计划任务的检查事项之列：{planned}',
    en: 'Item {itemCode} is none of those of the line: {planned}',
  },
  'planned-object': {
    zh: '检查对象（{object}）不属于计划任务的对象范围：{planned}',
    en: 'The object ({object}) is not within the scope of the line: {planned}',
  },
  'team-of-draw': {
    zh: '任务 {taskNumber} 的检查人员由抽取匹配，只能重新匹配，不能指定',
    en: 'The team of task {taskNumber} was matched by a draw; only a redraw gives it another',
  },
  'inspector-not-assigned': { zh: '您不是任务 {taskNumber} 的检查人员', en: 'You are not an inspector of task {taskNumber}' },
  'task-suspended': {
    zh: '任务 {taskNumber} 因回避申请暂停，在重新匹配检查人员或者驳回申请之前不得检查和录入结果',
    en: 'Task {taskNumber} is suspended by a recusal: nobody checks or enters a result before another team is matched or the recusal is rejected',
  },
  'earlier-check-batch-open': {
    zh: '任务 {taskNumber} 属第 {checkBatch} 检查批次，此前的检查批次还有 {open} 个任务未完成，须按批次依序检查',
    en: 'Task {taskNumber} is of check batch {checkBatch}; {open} tasks of earlier check batches are open, and the batches are checked in order',
  },
  'task-withdrawn': {
    zh: '任务 {taskNumber} 的检查对象已重新抽取更换，不再检查',
    en: 'The object of task {taskNumber} was replaced by a redraw: it is not checked any more',
  },
  'task-completed': {
    zh: '任务 {taskNumber} 已完成，不能再提出回避',
    en: 'Task {taskNumber} is completed; a recusal can no longer be raised',
  },
  'inspector-not-in-team': { zh: '{inspectorId} 不是该任务的检查人员', en: '{inspectorId} is not an inspector of the task' },
  'recusal-of-another': {
    zh: '检查人员只能提出本人回避；检查对象申请回避的，由调度人员代为录入',
    en: 'An inspector raises a recusal of their own only; one that the object asks for is entered by a dispatcher',
  },
  'recusal-ground-unknown': {
    zh: '回避事由“{ground}”不在政策所列范围内：{allowed}',
    en: 'Ground "{ground}" is not one of those of the policy: {allowed}',
  },
  'recusal-decided': { zh: '该回避申请已有决定：{status}', en: 'The recusal was decided already: {status}' },
  'recusal-own': { zh: '回避申请涉及本人的，不得自行决定', en: 'Nobody decides on a recusal that concerns them' },
  'task-not-delegated': { zh: '任务 {taskNumber} 没有委托，无须反馈', en: 'Task {taskNumber} is not delegated; no feedback is owed' },
  'task-not-completed': {
    zh: '任务 {taskNumber} 尚未完成检查，完成后再反馈结果',
    en: 'Task {taskNumber} is not completed yet; feedback follows the check',
  },
  'feedback-empty': { zh: '反馈须有文字或者文件', en: 'Feedback needs a text or a document' },
  'feedback-given': { zh: '任务 {taskNumber} 已有另一份反馈', en: 'Task {taskNumber} has another feedback already' },
  'document-unknown': {
    zh: '没有收到摘要为 {digest} 的文件；请先上传',
    en: 'No document with digest {digest} was received; upload it first',
  },
  'team-settled': {
    zh: '任务 {taskNumber} 已完成或者已撤回，检查组不再变动',
    en: 'Task {taskNumber} is completed or withdrawn; nobody joins or leaves its team',
  },
  'expert-unknown': {
    zh: '任务 {taskNumber} 没有附设这一专家或者机构',
    en: 'No such expert or institution is attached to task {taskNumber}',
  },
  'expert-removed': { zh: '该专家或者机构已以另一理由撤出', en: 'The expert or institution was removed already, for another reason' },
  'result-already-entered': {
    zh: '任务 {taskNumber} 的事项 {itemCode} 已录入另一个检查结果',
    en: 'Item {itemCode} of task {taskNumber} has another result already',
  },
  'result-type-of-other-edition': { zh: '{hint}', en: 'Result type "{type}" is not in force here; use {use}' },
  'detail-not-of-type': { zh: '结果类型“{type}”没有这一项', en: 'Result type "{type}" has no such detail' },
  'correction-before-check': {
    zh: '整改期限 {date} 早于检查日期 {checked}',
    en: 'The date to correct by, {date}, is before the check on {checked}',
  },
  'instant-in-future': { zh: '时间不得晚于 {limit}', en: 'The time must not be later than {limit}' },
  'contact-attempts-short': {
    zh: '认定无法联系前至少联系 {attempts} 次，每次至少相隔 {days} 天；现有 {counted} 次有效',
    en: 'At least {attempts} attempts to reach the object, {days} days apart, come first; {counted} count',
  },
  'closing-lacks': { zh: '此办结方式须提供 {need}', en: 'This outcome needs {need}' },
  'follow-up-closed': { zh: '该后续监管事项已办结', en: 'The follow-up is closed already' },
  'visit-begun': { zh: '其中一次检查已有结果，不能再合并', en: 'One of the visits has a result already; they can no longer merge' },
  'proposal-decided': { zh: '合并建议已有决定：{status}', en: 'The merge proposal was decided already: {status}' },
} as const satisfies Messages
