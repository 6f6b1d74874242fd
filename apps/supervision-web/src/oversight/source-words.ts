/** Sources as the rule sets name them, in Chinese; a test keeps the list complete. */
export const SOURCE_WORDS: Readonly<Record<string, string>> = {
  '1 学时 = 45 min of effective learning; usual rule, text of JT/T 1289-2020 not public':
    '1 学时为 45 分钟有效学习，通行做法；JT/T 1289-2020 全文未公开',
  'no public text; chosen for operation': '没有公开文本，由平台运行需要确定',
  'the share that passes most exams; chosen for operation': '多数考试的合格线，由平台运行需要确定',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 30: preset not published':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 30 项，预设值未公布',
  'no cap for online theory found in a public text': '公开文本中没有网络理论学习的每日上限',
  '大纲 2016: 1 学时 = 60 min, of which 45 effective; 2022 wording not public':
    '大纲 2016：1 学时 60 分钟，其中有效 45 分钟；2022 版文字未公开',
  '大纲 2016: at most 4 classroom 学时 a day; 2022 wording not public':
    '大纲 2016：课堂教学每日不超过 4 学时；2022 版文字未公开',
  'checks of identity began here on 2026-11-25': '本平台自 2026-11-25 起核验身份',
  'JT/T 1289-2020: text not public; the province may put the numbers of work-safety here':
    'JT/T 1289-2020 全文未公开；省里可照安全生产的数值填入',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 30: preset time not published':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 30 项，规定时间未公布',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 30: preset number of tries not published':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 30 项，规定次数未公布',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 30: what is lost is not said':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 30 项，未写明扣除多少',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 10: 学员登录时应能对其进行身份验证':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 10 项：学员登录时应能对其进行身份验证',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 11: 培训及测试全流程覆盖':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 11 项：培训及测试全流程覆盖',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 11: 培训及测试全流程覆盖, how long a check holds is not said':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 11 项：培训及测试全流程覆盖，未写明一次核验管多久',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 10: 每两次验证间隔时间不超过15min':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 10 项：每两次验证间隔时间不超过 15 分钟',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 38: 学习过程抓拍图像, how often is not said':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 38 项：学习过程抓拍图像，未写明多久一次',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 11: 防代学防挂机':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 11 项：防代学、防挂机',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 10: 活体检测, how is not said':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）第 10 项：活体检测，未写明方法',
  '人脸识别技术应用安全管理办法: another way must exist; how is not said':
    '人脸识别技术应用安全管理办法：须有其他方式，未写明怎样做',
  '人脸识别技术应用安全管理办法 第十五条': '人脸识别技术应用安全管理办法第十五条',
  'no public text; measured, docs/decisions/0012-face-engine.md': '没有公开文本，由实测确定',
  '人脸识别技术应用安全管理办法 (2025-06-01): the shortest time needed, no number':
    '人脸识别技术应用安全管理办法（2025-06-01）：实现目的所必需的最短时间，没有具体数字',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项): process data, online at least 24 months':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）：学习过程数据在线保存不少于 24 个月',
  '道路运输企业主要负责人和安全生产管理人员安全考核管理办法 (2019)':
    '道路运输企业主要负责人和安全生产管理人员安全考核管理办法（2019）',
  '特种作业人员安全技术培训考核管理规定 (原国家安全监管总局令第30号)':
    '特种作业人员安全技术培训考核管理规定（原国家安全监管总局令第 30 号）',
  '应急管理部令第19号 (2026-06-01): text not public here, the numbers of the rule before':
    '应急管理部令第 19 号（2026-06-01），没有查到全文，暂用此前的数值',
  '道路运输从业人员管理规定: usual practice, no public text gives the number':
    '道路运输从业人员管理规定，通行做法，公开文本没有这个数值',
  '广东省道路运输从业人员安全宣教平台的通知 (2020): every fourth quarter, numbers not given':
    '广东省道路运输从业人员安全宣教平台的通知（2020）：每年第四季度，未写明数值',
  '广东省道路运输从业人员安全宣教平台的通知 (2020): 每年第四季度 … 安全文明驾驶承诺电子签名':
    '广东省道路运输从业人员安全宣教平台的通知（2020）：每年第四季度考核，签安全文明驾驶承诺',
  '广东省应急管理厅 安全生产网络培训平台检查表 (39 项) 32: 每 10 分钟不少于 1 题, 每题 60 秒, 5 次机会, 80 分以上确认学时':
    '广东省应急管理厅安全生产网络培训平台检查表（39 项）32：每 10 分钟不少于 1 题，每题 60 秒，5 次机会，80 分以上确认学时',
  'no public text asks for quizzes of lessons here; the numbers of work-safety where a body offers one':
    '公开文本没有要求课时测验；培训机构自行开设时暂用安全生产的数值',
  'no public text says what comes before the first and after the last attempt; chosen so that no failed lesson counts and nobody is shut out':
    '公开文本没有写明测验之前和机会用完之后怎样；取未合格不计入、也不把人挡在门外的做法',
  '结业考核: the outline asks for it, numbers not given': '大纲要求结业考核，未写明数值',
};
