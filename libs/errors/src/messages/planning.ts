import type { Messages } from './message.ts'

export const planningMessages = {
  'plan-not-draft': { zh: '计划现为 {state}，不能修改', en: 'The plan is {state} and cannot be changed' },
  'plan-already-published': { zh: '计划已公示，修改须走动态调整', en: 'The plan is published; change it by an adjustment' },
  'plan-adjusting': {
    zh: '计划已公示过，增减事项须走动态调整',
    en: 'The plan was published before; add and cancel lines by an adjustment',
  },
  'plan-not-published': { zh: '计划 {planId} 尚未公示', en: 'Plan {planId} is not published yet' },
  'plan-not-filed': { zh: '计划现为 {state}，没有待处理的报备', en: 'The plan is {state}; there is no filing to decide on' },
  'plan-not-accepted': {
    zh: '计划现为 {state}，报备接收后方可公示',
    en: 'The plan is {state}; it can be published once its filing is accepted',
  },
  'plan-without-lines': { zh: '计划没有任何事项', en: 'The plan has no lines' },
  'plan-closed': { zh: '计划已办结', en: 'The plan is closed' },
  'plan-year-not-over': { zh: '{year} 年尚未结束，计划不能办结', en: 'The year {year} is not over; the plan cannot be closed' },
  'filing-not-required': { zh: '按现行策略此计划无需报备，可直接公示', en: 'The policy asks for no filing; publish the plan' },
  'line-is-drawn': {
    zh: '计划任务 {lineId} 通过抽取确定检查对象，不能作为不经抽取的检查的依据',
    en: 'The objects of line {lineId} are drawn; a check without a draw cannot rest on it',
  },
  'line-not-in-plan': { zh: '计划中没有任务 {lineId}', en: 'The plan has no line {lineId}' },
  'line-has-open-draw': {
    zh: '任务 {lineId} 已有承诺而未结束的抽取，不能取消',
    en: 'Line {lineId} has a committed draw that has not ended; it cannot be cancelled',
  },
  'adjustment-empty': { zh: '调整既没有增加也没有取消', en: 'The adjustment neither adds nor cancels' },
  'adjustment-not-allowed': { zh: '现行策略不允许此种调整（{kind}）', en: 'The policy does not allow this kind of adjustment ({kind})' },
  'item-not-on-list': { zh: '事项 {itemCode} 不在现行清单上', en: 'Item {itemCode} is not on a list in force' },
  'line-without-items': { zh: '没有检查事项', en: 'There are no check items' },
  'line-mixes-item-classes': {
    zh: '一般事项（{general}）与重点事项（{key}）须分列',
    en: 'General items ({general}) and key items ({key}) need lines of their own',
  },
  'line-mixes-field-classes': { zh: '一般领域与重点领域的事项须分列', en: 'Items of general and of key fields need lines of their own' },
  'unit-twice': { zh: '单位 {unitId} 出现两次', en: 'Unit {unitId} stands twice' },
  'initiator-not-in-line': { zh: '发起部门 {unitId} 不在各部门之列', en: 'The initiator {unitId} is not one of the units' },
  'joint-needs-participants': {
    zh: '部门联查至少要有两个部门；同一部门的局、分局、所是一个部门',
    en: 'A joint line needs at least two departments; a bureau with its offices and stations is one',
  },
  'internal-of-several-departments': {
    zh: '内部抽查计划由一个部门实施；几个部门一同检查的，列入部门联查计划',
    en: 'An internal plan is of one department; what several departments check together goes into a joint plan',
  },
  'unit-item-not-in-line': {
    zh: '单位 {unitId} 的事项 {itemCode} 不在本任务之内',
    en: 'Item {itemCode} of unit {unitId} is not of this line',
  },
  'item-without-unit': { zh: '事项 {itemCode} 没有部门检查', en: 'No unit checks item {itemCode}' },
  'team-too-small': { zh: '检查组不得少于 {least} 人', en: 'A team has at least {least} inspectors' },
  'selection-missing': { zh: '单位 {unitId} 没有选派人员的方式', en: 'Unit {unitId} has no mode of choosing inspectors' },
  'ground-needs-note': { zh: '依据为“其他”时须写明', en: 'The ground OTHER needs a note' },
  'mode-not-allowed': {
    zh: '现行策略没有选派方式 {mode}；可选：{allowed}',
    en: 'The policy does not have the mode {mode}; it allows: {allowed}',
  },
  'stations-mismatch': { zh: '选派方式 {mode} 要求指定的所：{asked}', en: 'The mode {mode} asks for this many stations: {asked}' },
  'station-unknown': { zh: '{unitId} 不是该单位的所', en: '{unitId} is not a station of the unit' },
  'delegate-not-fit': {
    zh: '{delegate} 不是 {unitId} 的下级单位，也不是其他地区的同级同部门单位，不能受其委托',
    en: '{delegate} is neither below {unitId} nor its like in another region of the same level; nothing is delegated to it',
  },
  'delegation-not-allowed': {
    zh: '现行策略没有规定此种委托（{kind}）',
    en: 'The policy does not provide for this delegation ({kind})',
  },
  'cities-not-provided': {
    zh: '现行策略没有规定跨地区联合抽取',
    en: 'The policy does not provide for draws of several cities',
  },
  'cities-overlap': {
    zh: '{regionCode} 与 {other} 的辖区重叠，同一对象会进入两个名录',
    en: '{regionCode} and {other} overlap: one object would stand in two rosters',
  },
  'city-needs-agreement': {
    zh: '与 {regionCode} 没有共同的跨区域联合机制，须附书面协议',
    en: 'No group of the policy shares with {regionCode}; the written agreement with it is needed',
  },
  'city-without-units': { zh: '{regionCode} 没有单位参加检查', en: 'No unit of {regionCode} takes part' },
  'city-needs-initiator': {
    zh: '{regionCode} 有几个单位参加，须写明由谁发起',
    en: 'Several units of {regionCode} take part; name the one that initiates',
  },
  'initiator-not-of-city': {
    zh: '发起部门 {unitId} 不是 {regionCode} 参加检查的单位',
    en: 'The initiator {unitId} is not one of the units of {regionCode} that take part',
  },
  'delegation-across-cities': {
    zh: '几个城市联合抽取时，{unitId} 只能委托 {regionCode} 辖区之内的单位',
    en: 'Where several cities draw together, {unitId} delegates to units of {regionCode} alone',
  },
  'item-not-by-list': {
    zh: '现行策略要求严格照单监管：事项 {itemCode} 不在现行清单上，不得随机抽查',
    en: 'Policy has supervision go strictly by the lists: item {itemCode} is on none in force and is not drawn',
  },
  'item-not-on-list-of-city': {
    zh: '事项 {itemCode} 不在 {regionCode} 的现行清单上',
    en: 'Item {itemCode} is not on a list in force in {regionCode}',
  },
  'delegation-needs-reason': { zh: '委托同级单位须写明特殊情况', en: 'Delegating within one level needs its special circumstances' },
  'delegation-needs-agreement': {
    zh: '委托同级单位须附书面协商文件；请先上传文件，再填写其摘要',
    en: 'Delegating within one level needs the written agreement: upload the document first, then give its digest',
  },
  'document-empty': { zh: '收到的文件是空的', en: 'The document received is empty' },
  'agreement-unknown': { zh: '没有收到摘要为 {digest} 的文件', en: 'No document with digest {digest} was received' },
  'quantity-missing': { zh: '没有抽查比例，也没有数量', en: 'There is neither a ratio nor a count' },
  'ratio-and-count': { zh: '比例与数量只能有其一', en: 'Give ratios or a count, not both' },
  'stratum-unknown': { zh: '没有等级“{stratum}”', en: 'There is no stratum "{stratum}"' },
  'stratum-twice': { zh: '等级“{stratum}”出现两次', en: 'Stratum "{stratum}" stands twice' },
  'stratum-all-not-alone': { zh: 'ALL 不能与其他等级并列', en: 'ALL stands alone' },
  'stratum-missing': { zh: '缺少等级“{stratum}”的比例', en: 'The ratio of stratum "{stratum}" is missing' },
  'ratio-outside-band': {
    zh: '“{stratum}”的比例 {ratio} 不在区间内（{band}）',
    en: 'The ratio {ratio} of "{stratum}" lies outside the band ({band})',
  },
  'ratio-above-cap': {
    zh: '“{stratum}”的比例 {ratio} 超过事项 {itemCode} 的上限 {cap}',
    en: 'The ratio {ratio} of "{stratum}" is above the upper limit {cap} of item {itemCode}',
  },
  'check-batches-missing': {
    zh: '重点检查事项的抽查比例达到 {threshold}，须写明抽中对象分几个检查批次依序检查',
    en: 'Key items drawn at {threshold} or more: say into how many check batches, completed in order, the drawn objects are cut',
  },
  'count-escapes-cap': {
    zh: '事项 {itemCode} 有比例上限 {cap}，须按比例抽取',
    en: 'Item {itemCode} has the upper limit {cap}; draw by ratio, not by count',
  },
  'ratio-needs-reason': {
    zh: '抽查比例不在区间内，须说明理由和法律依据',
    en: 'A ratio lies outside its band; give the reason and its legal basis',
  },
  'count-needs-reason': {
    zh: '按数量（{count}）而不按各等级比例抽取，须说明理由和法律依据',
    en: 'A count ({count}) in place of ratios by grade needs a reason and its legal basis',
  },
  'item-needs-reason': {
    zh: '事项 {itemCode} 已列入部门联查计划 {planId}，单独检查须说明理由和法律依据',
    en: 'Item {itemCode} is in the joint plan {planId}; checking it alone needs a reason and its legal basis',
  },
  'single-needs-reason': {
    zh: '行业“{industry}”以部门联合检查为原则，部门单独检查须说明理由和法律依据；几个部门一同检查的，列入部门联查计划',
    en: 'In the industry "{industry}" joint checks are the rule; a check by one department alone needs a reason and its legal basis, a check by several goes into a joint plan',
  },
  'window-missing': { zh: '没有检查时间', en: 'There is no execution window' },
  'window-reversed': { zh: '检查时间止早于起', en: 'The window ends before it starts' },
  'window-outside-year': { zh: '检查时间不在 {year} 年之内', en: 'The window lies outside {year}' },
  'batches-do-not-fit': { zh: '检查时间只有 {days} 天，分不成 {times} 批', en: '{days} days cannot be cut into {times} batches' },
  'batches-and-times': { zh: '批次的数目与频次不符', en: 'The number of batches differs from the times' },
  'shares-not-whole': {
    zh: '各批次的份额合计须为一；批次另有检查对象且按比例抽取的，对象相同的批次合计为一',
    en: 'The shares of the batches must add up to one; where batches drawn by ratio have objects of their own, those of the batches of the same objects',
  },
  'schedule-reversed': { zh: '第 {batch} 批的承诺时间须晚于冻结时间', en: 'Batch {batch} must be committed after it is frozen' },
  'stratum-without-ratio': { zh: '任务 {lineId} 没有等级“{stratum}”的比例', en: 'Line {lineId} has no ratio for stratum "{stratum}"' },
  'table-unreadable': { zh: '读不出计划表：{reason}。{action}', en: 'The plan table cannot be read: {reason}. {action}' },
  'import-applied': { zh: '此导入的任务已写入计划', en: 'The lines of this import are in the plan already' },
  'import-has-open-questions': { zh: '还有 {count} 个问题没有答复', en: '{count} questions are still open' },
  'import-without-lines': { zh: '此导入没有可写入的任务', en: 'The import has no lines to add' },
  'answer-address': {
    zh: '每个答复须写明 questionId、lineNo、code 三者之一',
    en: 'An answer names exactly one of questionId, lineNo and code',
  },
  'answer-empty': { zh: '答复没有内容', en: 'The answer says nothing' },
  'question-unknown': { zh: '没有待答的问题“{question}”', en: 'No open question "{question}"' },
  'import-line-unknown': { zh: '导入表中没有第 {lineNo} 条', en: 'The import has no line {lineNo}' },
  'answer-wrong-form': { zh: '对“{question}”的答复格式不对：{message}', en: 'The answer to "{question}" has the wrong form: {message}' },
  'answer-settles-nothing': { zh: '答复没有解决“{question}”', en: 'The answer does not settle "{question}"' },
  'omit-needs-reason': { zh: '不列入须说明理由', en: 'Leaving a line out needs a reason' },
  'clue-source-unknown': {
    zh: '现行策略没有线索来源 {source}；可选：{allowed}',
    en: 'The policy has no clue source {source}; it has: {allowed}',
  },
  'clue-source-needs-note': { zh: '来源为“其他”时须写明', en: 'The source OTHER needs a note' },
  'clue-not-received-yet': { zh: '收到时间 {at} 在将来', en: 'The instant of receipt {at} lies in the future' },
  'clue-settled': { zh: '线索 {clueId} 现为 {status}，已经办结', en: 'Clue {clueId} is {status}: it is settled' },
  'clue-of-another-object': {
    zh: '线索 {clueId} 反映的不是该检查对象',
    en: 'Clue {clueId} concerns another object than this check',
  },
  'clue-of-another-region': {
    zh: '线索 {clueId} 属于 {regionCode}，该检查不在其辖区内',
    en: 'Clue {clueId} is of {regionCode}, and the check is outside it',
  },
  'clue-check-not-completed': {
    zh: '检查任务 {taskId} 现为 {status}，尚未完成检查，不能以其办结线索',
    en: 'Check task {taskId} is {status}: it settles no clue before it is completed',
  },
  'clue-clustered': { zh: '线索 {clueId} 已并入线索任务 {taskId}', en: 'Clue {clueId} is in the task on clues {taskId}' },
  'clue-goes-to-check': {
    zh: '单条线索（{clueId}）应直接检查、处置，不进行随机抽查；有多条线索反映同一群体的问题时，才能发起定向抽查',
    en: 'One clue alone ({clueId}) is checked directly, not put through a random draw; several clues about a group make a targeted draw',
  },
  'clue-route-not-stated': {
    zh: '策略 {preset} 没有规定个案线索如何处理（caseClue.route 的 individual），单条线索不能据以抽取',
    en: 'The policy {preset} does not say how a case clue is handled (individual of caseClue.route); one clue alone is not drawn for',
  },
  'clue-draw-not-provided': {
    zh: '策略 {preset} 没有规定以抽取处理普遍性问题（caseClue.route 的 widespread）；请逐条检查线索',
    en: 'The policy {preset} provides for no draw on clues (widespread of caseClue.route); check each of them',
  },
  'clue-needs-direct-check': {
    zh: '按策略 {preset}，个案线索须直接检查，不进行随机抽查；请先检查：{clueIds}',
    en: 'Under the policy {preset} case clues are checked directly, not drawn for; check these first: {clueIds}',
  },
  'trigger-unknown': {
    zh: '现行策略没有定向抽查情形 {trigger}；可选：{allowed}',
    en: 'The policy has no trigger {trigger} for targeted draws; it has: {allowed}',
  },
  'scope-regions-with-cities': {
    zh: '几个市一并抽取的任务不能按地区限定检查对象',
    en: 'A line that several cities draw together is not narrowed to regions',
  },
  'line-field-missing': {
    zh: '任务 {lineId} 未写明{fieldName}，按现行策略计划事项须写明；只有原则性规定可以说明理由（rule 为 LINE_FIELD_MISSING）后缺项报备',
    en: 'Line {lineId} does not state {field}, which policy has a line of a plan state; where it does so by default, a reason with the rule LINE_FIELD_MISSING lets it be filed without',
  },
  'batch-scope-outside-line': {
    zh: '批次限定的检查对象超出了任务限定的范围',
    en: 'The batch is narrowed to objects that the line itself leaves out',
  },
  'batch-scope-with-cities': {
    zh: '几个市一并抽取的任务不能按批次限定检查对象',
    en: 'The batches of a line that several cities draw together are not narrowed to objects of their own',
  },
  'assignment-batch-scopes': {
    zh: '任务 {lineId} 的各批次另有检查对象，不能原样派发：请按批次分别派发任务',
    en: 'The batches of line {lineId} are narrowed to objects of their own: dispatch a task for each of them instead',
  },
  'scope-without-objects': {
    zh: '事项适用的对象没有一个在限定的范围内',
    en: 'Nothing that the items apply to is in the scope',
  },
  'object-scope-unclear': {
    zh: '检查对象写的是“{objectScope}”，抽取按事项和登记库的条件进行：请在 scope 中写明限定的条件，全部对象时各列表留空；可选：{proposed}',
    en: 'The objects are said to be "{objectScope}", and the draw goes by items and marks of the register: say in scope what narrows them, with empty lists where nothing does; proposed: {proposed}',
  },
  'scope-outside-region': { zh: '地区 {regionCode} 不在本地区之内', en: 'The region {regionCode} is not of this region' },
  'clue-task-not-accepted': { zh: '线索任务 {taskId} 尚未确认', en: 'The task on clues {taskId} is not accepted yet' },
  'clue-task-withdrawn': { zh: '线索任务 {taskId} 已撤回', en: 'The task on clues {taskId} is withdrawn' },
  'clue-task-has-draw': {
    zh: '线索任务 {taskId} 已有承诺的抽取，不能撤回',
    en: 'The task on clues {taskId} has a committed draw and cannot be withdrawn',
  },
  'assignment-not-below': {
    zh: '{regionCode} 不是本地区的下级地区，不能向其派发任务',
    en: 'The region {regionCode} is not below this one; nothing is dispatched to it',
  },
  'assignment-scope-elsewhere': {
    zh: '任务“{taskName}”限定的地区没有一个在 {regionCode} 之内，不能派发给它',
    en: 'No region that the task {taskName} is narrowed to lies in {regionCode}; it is not dispatched there',
  },
  'assignment-unknown': {
    zh: '没有派发给本计划的任务 {assignmentId}，或已撤回',
    en: 'No task {assignmentId} stands dispatched to this plan',
  },
  'assignment-twice': {
    zh: '派发的任务 {assignmentId} 写了两次',
    en: 'The dispatched task {assignmentId} is named twice',
  },
  'assigned-scope-fixed': {
    zh: '派发的任务已定检查对象（未写明或写明全部对象的，即事项适用的全部对象），不能另行限定',
    en: 'The dispatched task says which objects it is about (all that its items apply to where it says nothing else); they are not narrowed anew',
  },
  'assignment-not-plannable': {
    zh: '任务“{taskName}”按 {regionCode} 的清单和策略不能列入计划（原因另列），本级不能改：由派发单位 {fromUnitId} 另定后派发；已派发的，由其撤回后重新派发',
    en: 'By the lists and the policy of {regionCode} the task {taskName} cannot be planned there (why is told beside), and its planner cannot mend it: {fromUnitId} dispatches it with other terms, after withdrawing what is dispatched already',
  },
  'assigned-terms-misplaced': {
    zh: '这项派发任务没有这个条件：经抽取的任务不写 undrawn，不经抽取的都写在 undrawn 中；重点监管不写问题和理由',
    en: 'The dispatched task has no such term: one that is drawn has no undrawn, one without a draw has all its terms there, and key supervision neither problem nor reasons',
  },
  'assigned-problem-fixed': {
    zh: '派发的专项检查已写明问题的，只补未写明的开展方式 means；未写明问题的，写明情形、问题和开展方式',
    en: 'Of a dispatched problem only means that it lacks are said; where the task has no problem, the case, the problem and the means are',
  },
  'assigned-means-missing': {
    zh: '派发的专项检查所针对的问题，请写明在本地以哪条抽取任务、哪项线索任务或何种类似方式开展',
    en: 'Say by which drawn line, task on clues or similar way the problem of the dispatched check is answered here',
  },
  'assigned-quantity-fixed': { zh: '派发的任务已定数量或比例，不能另定', en: 'The dispatched task has its quantity; it is not set anew' },
  'assigned-batches-fixed': {
    zh: '派发的任务已定批次（各批的数目、时间、份额及检查批次），不能另定；各批时间可在其原定时间之内缩短',
    en: 'The dispatched task has its batches (how many, their days and shares, and check batches); they are not set anew, days may only be narrowed within each',
  },
  'window-outside-assignment': {
    zh: '批次的检查期超出派发任务的时限',
    en: 'The window of the batch leaves the days of the dispatched task',
  },
  'assignment-not-taken-in': {
    zh: '上级派发的任务“{names}”未纳入计划 {planId}，请先纳入再报备、公示',
    en: 'Plan {planId} lacks dispatched tasks ({names}); take them in before filing and publication',
  },
  'line-was-assigned': {
    zh: '任务 {lineId} 由上级派发（{assignmentId}）并已公示，上级撤回前不能取消',
    en: 'Line {lineId} was dispatched by the superior ({assignmentId}) and is published; it cannot be cancelled before that is withdrawn',
  },
  'reminders-unavailable': {
    zh: '消息平台暂不可用，提醒稍后自动重发',
    en: 'The message gateway is unavailable; reminders are delivered again by themselves',
  },
  'reminder-refused': {
    zh: '消息平台拒收提醒（{status}），稍后自动重发',
    en: 'The message gateway refused the reminder ({status}); it is delivered again by itself',
  },
  'day-not-come': { zh: '{day} 还没有到，不能查询当日的情形', en: '{day} has not come yet' },
} as const satisfies Messages
