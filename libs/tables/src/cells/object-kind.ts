/** What a name of checked objects ends with. Whatever ends otherwise is no kind of object: 执法人员, 合格率, 较上年增加. */
const endings = `
  级 类 类别 档 风险 信用 企业 单位 机构 对象 主体 户 商 店 铺 场所 场 院 所 校 园 馆 站 网点 中心 公司 厂 矿 库 源 业 领域 项目 工程 工地 平台 网吧 超市 旅馆 民宿 餐饮 食堂 社 会
  组织 团体 个人 个体 农户 师 公证员 鉴定人 导游 导游员 码 品 物 产 器械 设备 梯 炉 机 器 具 车 车辆 船 船舶 池 楼 房地产 药 料 种子 农资 燃气 事项 区 县 市 镇 乡 村 区域 部门 作坊 摊贩 者 生产 经营 使用 销售 流通 加工 服务 销售 运输
  仓储 客运 货运 维修 演出 直播 印刷 屠宰 养殖 水利 消防 KTV 其他 其它 其余 牌 资质
`
  .trim()
  .split(/\s+/)
  .join('|')
const named = new RegExp(`(?:${endings})$`)

/** Classes, levels and grades that are no noun: A, 一般, 信用风险较高, 优秀. */
const graded =
  /(?:^|[^A-Za-z])[A-E]$|(?:^|[、,和及]|风险|信用|等级)(?:较?[高低]|中|一般|重点)$|(?:级|类|档)(?:及|含)?以[上下]$|^[红橙黄蓝绿白黑]色?$|^[省市县区旗]局$|^分局$|^(?:优秀?|良好?|合格|不合格|较?好|较?差|中等)$/

/** Names of people who check, of what is checked of an object, of what is measured, of each place and of times: no kind of object either, whatever they end with. */
const barred =
  /(?:执法|检查|抽取|抽查|工作|在编|在岗)人员|[率比占]$|占比|核查|^非?现场$|^(?:随机)?(?:抽查|检查|监管)?(?:事项|项目|内容|任务)$|^(?:抽取|抽查|检查)的|^(?:各|每|同一)(?:一|个)*(?:省|市|州|盟|县|区|旗|乡|镇|街道|地|辖区|所|站|分局|科|处|类别?|级)|上年|去年|增加|提高|降低|递增|减少|误差|年内|年度?$|期间|以来|每[次批]|第[\d一二三四五六七八九十]*(?:批|季|次|$)|^(?:含|约|近|较(?![高低好差])|未(?!分级|评级|定级|成年)|不(?!合格)|须|应|其(?![他它余])|到|至)|次$/

/** A digit belongs to a name only as that of a class: 1类, 5星级, 4A级. */
const counted = /\d(?!(?:星|A{1,5}级|级|类|档|等))/

/** Whether a text before a share names a kind of object that the share is of. */
export function isObjectKind(text: string): boolean {
  const name = text.replace(/\([^()]*\)$/, '').replace(/(?<=[^级类档])[及含]以[上下]$/, '')
  return (named.test(name) || graded.test(name)) && !barred.test(name) && !counted.test(name)
}
