/**
 * What departments are about, by the short forms that plans and item lists write: 文旅 of 文旅局 and 文旅部门. Right of each stand the fields that departments
 * of that name have, as `fieldOf` gives them: those of the reform of 2018 (《深化党和国家机构改革方案》), and those of places that merged departments. Which of
 * them is meant, the departments of the place tell: where two of a row are registered, nobody can say. Former departments (工商, 环保) are in no row.
 */
const fieldsByShortName: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    发改: ['发展改革'],
    工信: ['工业信息化', '科技工业信息化', '工业信息化科技', '经济信息化'],
    科技: ['科学技术'],
    教育: ['教育体育', '教育科技', '教育科技体育', '教育体育科技'],
    教体: ['教育体育', '教育科技体育', '教育体育科技'],
    民宗: ['民族宗教', '民族宗教事务'],
    人社: ['人力资源社会保障'],
    自然资源: ['自然资源规划'],
    资规: ['自然资源规划'],
    自规: ['自然资源规划'],
    住建: ['住房城乡建设', '住房城乡建设交通', '住房城市建设'],
    城管: ['城市管理', '城市管理综合执法', '城市管理行政执法', '城市综合管理', '城市管理综合行政执法', '城乡管理'],
    城市管理: ['城市管理综合执法', '城市管理行政执法', '城市管理综合行政执法'],
    交通: ['交通运输'],
    农业: ['农业农村'],
    文旅: [
      '文化旅游',
      '文化广电旅游',
      '文化旅游广电',
      '文化体育旅游',
      '文化旅游体育',
      '文化广电体育旅游',
      '文化体育广电旅游',
      '文化旅游体育广电',
    ],
    文化旅游: ['文化广电旅游', '文化旅游广电', '文化体育旅游', '文化旅游体育', '文化广电体育旅游', '文化体育广电旅游', '文化旅游体育广电'],
    文广旅: ['文化广电旅游', '文化广电体育旅游'],
    文体旅: ['文化体育旅游', '文化广电体育旅游', '文化体育广电旅游'],
    卫健: ['卫生健康'],
    退役军人: ['退役军人事务'],
    市监: ['市场监管'],
    药监: ['药品监管'],
    林草: ['林业草原'],
    医保: ['医疗保障'],
    行审: ['行政审批', '行政审批服务'],
    消防: ['消防救援'],
    人防: ['人民防空'],
    粮储: ['粮食物资储备'],
    网信: ['互联网信息'],
  }),
)

/** The fields that a field written in a text may stand for, itself among them. */
export const fieldsMeantBy = (field: string): readonly string[] => [field, ...(fieldsByShortName.get(field) ?? [])]
